import Foundation
import Pixels

/// A picture on which others are pasted.
struct SceneCanvas {
    private(set) var image: Image

    init(_ image: Image) { self.image = image }

    /// The area of the canvas.
    var frame: Box { Box(x: 0, y: 0, width: Float(image.width), height: Float(image.height)) }

    /// Pastes a picture with edges that fade, so that a detector does not learn to find edges.
    ///
    /// - Parameters:
    ///   - patch: The picture.
    ///   - transform: From the patch's pixels to the canvas's.
    ///   - core: The part of the patch that stays as it is, measured from pixel edges.
    mutating func paste(_ patch: Image, by transform: SimilarityTransform, keeping core: Box) {
        let extent = patch.extent(by: transform)
        let left = Self.clamped(extent.x, to: image.width)
        let right = Self.clamped(extent.x + extent.width, to: image.width)
        let top = Self.clamped(extent.y, to: image.height)
        let bottom = Self.clamped(extent.y + extent.height, to: image.height)
        guard left < right, top < bottom else { return }
        var shifted = transform
        shifted.tx -= Float(left)
        shifted.ty -= Float(top)
        let warped = patch.warped(by: shifted, width: right - left, height: bottom - top)
        let back = transform.inverse, fade = Fade(patch: patch, core: core)
        for y in top..<bottom {
            for x in left..<right {
                let alpha = fade.alpha(at: back(Point(x: Float(x), y: Float(y))))
                guard alpha > 0 else { continue }
                let from = ((y - top) * warped.width + x - left) * 3, to = (y * image.width + x) * 3
                for channel in 0..<3 {
                    let (below, above) = (Float(image.pixels[to + channel]), Float(warped.pixels[from + channel]))
                    image.pixels[to + channel] = UInt8((below + (above - below) * alpha).rounded())
                }
            }
        }
    }

    /// Places a picture with hard edges; what reaches beyond the canvas is cut off.
    mutating func place(_ picture: Image, left: Int, top: Int) {
        let first = max(left, 0), last = min(left + picture.width, image.width)
        guard first < last else { return }
        for y in max(top, 0)..<max(min(top + picture.height, image.height), max(top, 0)) {
            let from = ((y - top) * picture.width + first - left) * 3, to = (y * image.width + first) * 3
            image.pixels.replaceSubrange(
                to..<to + (last - first) * 3, with: picture.pixels[from..<from + (last - first) * 3])
        }
    }

    /// Returns the mean color of a part.
    func meanColor(of box: Box) -> SIMD3<Float> {
        let mean = image.cropped(to: box).resized(width: 1, height: 1).pixels
        return SIMD3(Float(mean[0]), Float(mean[1]), Float(mean[2]))
    }

    /// Replaces a part by its mean color.
    mutating func paintOver(_ box: Box) {
        let part = box.intersection(frame)
        let left = Int(part.x.rounded(.down)), top = Int(part.y.rounded(.down))
        let width = Int((part.x + part.width).rounded(.up)) - left
        let height = Int((part.y + part.height).rounded(.up)) - top
        guard part.area > 0, width > 0, height > 0 else { return }
        let whole = Box(x: Float(left), y: Float(top), width: Float(width), height: Float(height))
        let mean = meanColor(of: whole)
        let blank = Image(
            width: width, height: height, color: Color(red: UInt8(mean.x), green: UInt8(mean.y), blue: UInt8(mean.z)))
        place(blank, left: left, top: top)
    }

    private static func clamped(_ value: Float, to extent: Int) -> Int {
        value.isFinite ? Int(min(max(value.rounded(), 0), Float(extent))) : 0
    }
}

extension Image {
    /// Returns the box around the whole picture after `transform`, measured from pixel edges.
    func extent(by transform: SimilarityTransform) -> Box {
        let corners = [(0, 0), (width, 0), (0, height), (width, height)].map {
            transform(Point(x: Float($0.0) - 0.5, y: Float($0.1) - 0.5))
        }
        let start = corners.reduce(corners[0]) { Point(x: min($0.x, $1.x), y: min($0.y, $1.y)) }
        let end = corners.reduce(corners[0]) { Point(x: max($0.x, $1.x), y: max($0.y, $1.y)) }
        return Box(x: start.x + 0.5, y: start.y + 0.5, width: end.x - start.x, height: end.y - start.y)
    }
}

/// How much of a pasted picture is seen at each place.
private struct Fade {
    private let width, height: Float
    /// The widths of the edges that fade: left, top, right and bottom.
    private let edges: SIMD4<Float>

    init(patch: Image, core: Box) {
        (width, height) = (Float(patch.width), Float(patch.height))
        let margins = SIMD4(
            core.x, core.y, width - core.x - core.width, height - core.y - core.height)
        let longest = max(core.width, core.height)
        // A crop without surroundings fades into its face's edge, so that there is no seam.
        edges = margins.clamped(
            lowerBound: SIMD4(repeating: max(longest / 16, 1)), upperBound: SIMD4(repeating: max(longest / 4, 1)))
    }

    /// Returns the share of the patch, 0 to 1, at one of its places, measured from pixel centers.
    func alpha(at place: Point) -> Float {
        let x = place.x + 0.5, y = place.y + 0.5
        let distances = (SIMD4(x, y, width - x, height - y) / edges).clamped(lowerBound: .zero, upperBound: .one)
        let shares = distances * distances * (3 - 2 * distances)
        // The product has round corners.
        return shares.x * shares.y * shares.z * shares.w
    }
}
