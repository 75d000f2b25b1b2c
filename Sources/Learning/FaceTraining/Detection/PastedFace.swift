import Faces
import Foundation
import Pixels

/// A crop of a face that is pasted on a scene.
struct PastedFace {
    let image: Image
    /// The face's box in the crop, measured from pixel edges.
    let box: Box
    /// The landmarks in the crop, measured from pixel centers.
    let landmarks: Landmarks

    /// A face at its place in a scene.
    struct Placed {
        /// The picture to paste: the crop, shrunk if the face becomes smaller.
        let patch: Image
        /// From the patch's pixels to the scene's.
        let transform: SimilarityTransform
        /// The face's box in the patch.
        let core: Box
        /// The face in the scene.
        let target: DetectionScene.Target
    }

    /// Returns the face at a place.
    ///
    /// - Parameters:
    ///   - center: The center of the face's box in the scene, measured from pixel edges.
    ///   - size: The longer side of the box before the rotation, in pixels.
    ///   - degrees: The rotation, clockwise as seen.
    ///   - sharpness: The greatest number of the face's own pixels on a side of a pixel of the scene. Less than 1 blurs
    ///     the face, as a photograph is that was enlarged.
    func placed(at center: Point, size: Float, degrees: Float, sharpness: Float = 1) -> Placed {
        // A warp samples single pixels, so what becomes smaller is averaged first.
        let factor = size / max(box.width, box.height), shrunk = min(factor * sharpness, 1)
        let width = max(Int((Float(image.width) * shrunk).rounded()), 1)
        let height = max(Int((Float(image.height) * shrunk).rounded()), 1)
        let (sx, sy) = (Float(width) / Float(image.width), Float(height) / Float(image.height))
        let patch = image.resized(width: width, height: height)
        let core = Box(x: box.x * sx, y: box.y * sy, width: box.width * sx, height: box.height * sy)
        // The rest of the scale, which also makes up for the rounding of the sides.
        let rest = size / max(core.width, core.height)
        let radians = Double(degrees) * .pi / 180
        let a = rest * Float(cos(radians)), b = rest * Float(sin(radians))
        let from = Point(x: core.center.x - 0.5, y: core.center.y - 0.5)
        let transform = SimilarityTransform(
            a: a, b: b, tx: center.x - 0.5 - a * from.x + b * from.y, ty: center.y - 0.5 - b * from.x - a * from.y)
        let points = landmarks.mapped { point in
            transform(Point(x: (point.x + 0.5) * sx - 0.5, y: (point.y + 0.5) * sy - 0.5))
        }
        // A face fills the ellipse in its box; the new box is that of the rotated ellipse.
        let (x, y) = (core.width * a, core.height * b), (u, v) = (core.width * b, core.height * a)
        let turned = (width: (x * x + y * y).squareRoot(), height: (u * u + v * v).squareRoot())
        let target = Box(
            x: center.x - turned.width / 2, y: center.y - turned.height / 2, width: turned.width,
            height: turned.height)
        return Placed(
            patch: patch, transform: transform, core: core,
            target: DetectionScene.Target(box: target, landmarks: points))
    }

    /// Returns the face without the black margin that a crop has if it reaches beyond its photograph, and with less of
    /// its surroundings.
    ///
    /// - Parameter context: The greatest extent, in sides of the face's box.
    func trimmed(context: Float) -> PastedFace {
        let wide = Box(
            x: box.center.x - box.width * context / 2, y: box.center.y - box.height * context / 2,
            width: box.width * context, height: box.height * context)
        let part = image.content.intersection(wide)
        let left = part.x.rounded(.up), top = part.y.rounded(.up)
        let width = (part.x + part.width).rounded(.down) - left, height = (part.y + part.height).rounded(.down) - top
        // If hardly anything of the face remains, the margin was not one.
        guard width * height > box.area / 2 else { return self }
        return PastedFace(
            image: image.cropped(to: Box(x: left, y: top, width: width, height: height)),
            box: Box(x: box.x - left, y: box.y - top, width: box.width, height: box.height),
            landmarks: landmarks.mapped { Point(x: $0.x - left, y: $0.y - top) })
    }
}

extension Image {
    /// The mean luminance of a row or column below which it is part of a black margin.
    private static let darkest = 10

    /// The picture without its black margins; the whole picture if all of it is black.
    fileprivate var content: Box {
        let gray = luminance
        func isDark(row: Int) -> Bool {
            (0..<width).reduce(0) { $0 + Int(gray[row * width + $1]) } < Self.darkest * width
        }
        func isDark(column: Int) -> Bool {
            (0..<height).reduce(0) { $0 + Int(gray[$1 * width + column]) } < Self.darkest * height
        }
        guard let top = (0..<height).first(where: { !isDark(row: $0) }),
            let bottom = (0..<height).last(where: { !isDark(row: $0) }),
            let left = (0..<width).first(where: { !isDark(column: $0) }),
            let right = (0..<width).last(where: { !isDark(column: $0) })
        else { return Box(x: 0, y: 0, width: Float(width), height: Float(height)) }
        return Box(
            x: Float(left), y: Float(top), width: Float(right + 1 - left), height: Float(bottom + 1 - top))
    }
}
