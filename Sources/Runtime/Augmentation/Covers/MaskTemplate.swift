public import Faces
import LikenessSupport
public import Pixels

/// A mask made from pictures of a real one, seen from the front and from both sides, such as those of the MaskTheFace
/// project.
///
/// Anwar and Raychowdhury, *Masked Face Recognition for Secure Authentication*, 2020 (arXiv:2008.11104).
public struct MaskTemplate: Sendable {
    /// One picture of the mask.
    struct View: Sendable {
        /// The picture, followed by reduced ones, each half the size of the one before.
        let levels: [Cutout]
        /// The key points: upper left, upper middle, upper right, lower left, lower middle, lower right, in the
        /// picture's pixels.
        let keyPoints: [SIMD2<Float>]
    }

    /// The mask's name in its list, such as `surgical_blue`.
    public let name: String
    let front: View
    let left: View?
    let right: View?

    /// The names that are reserved for tests; all others are for training.
    public static let testingNames: Set<String> = ["surgical_blue", "KN95"]

    /// Whether the mask is reserved for tests.
    public var isKeptForTests: Bool { Self.testingNames.contains(name) }

    /// The yaw in degrees from which a side view is used.
    private static let turned: Float = 16

    private func view(yaw: Float) -> View {
        if yaw < -Self.turned, let left { return left }
        if yaw > Self.turned, let right { return right }
        return front
    }
}

extension MaskTemplate: FaceCover {
    /// Draws the mask by warping its key points to the corresponding places of an average face.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks do not form a face.
    public func drawn(on image: Image, at landmarks: Landmarks, seed: UInt64) throws -> CoveredFace {
        var generator = SeededGenerator(seed: seed)
        let canvas = try CoverCanvas(image: image, landmarks: landmarks)
        let view = view(yaw: canvas.frame.yaw)
        let shift = SIMD2(generator.number(in: Span(-1.5, 1.5)), generator.number(in: Span(-2.5, 2.5)))
        let places = Self.places(shift: shift).map { canvas.frame(Self.silhouette($0, canvas.frame)) }
        let layer = TemplatePainter(view: view, places: places, canvas: canvas)?.layer()
        return canvas.drawn(layer, shadow: 5 * canvas.frame.scale, name: "template \(name)", using: &generator)
    }

    /// Returns the places of the key points on an average face.
    private static func places(shift: SIMD2<Float>) -> [FacePoint] {
        let points: [FacePoint] = [
            [-64, 30, -36], [0, 12, 18], [64, 30, -36], [-58, 84, -38], [0, 120, 4], [58, 84, -38],
        ]
        return points.map { $0 + [shift.x, shift.y, 0] }
    }

    /// Returns a place on the far cheek, moved to the visible edge. If it stayed behind the edge, the mask would fold.
    private static func silhouette(_ point: FacePoint, _ frame: FaceFrame) -> FacePoint {
        guard point.x != 0 else { return point }
        let candidates = stride(from: Float(0.4), through: 1, by: 0.05).map { t -> FacePoint in
            let front: Float = 26 - 0.2 * abs(point.y - 45)
            return [point.x * t, point.y, front + (point.z - front) * t * t]
        }
        let axis = frame.across / FaceFrame.length(frame.across)
        let sign: Float = point.x < 0 ? -1 : 1
        return candidates.max { sign * FaceFrame.dot(axis, $0) < sign * FaceFrame.dot(axis, $1) } ?? point
    }
}

/// Warps a template's picture to its place.
private struct TemplatePainter {
    private let source: Cutout
    private let map: ThinPlateSpline
    private let canvas: CoverCanvas
    private let left, top, right, bottom: Int

    init?(view: MaskTemplate.View, places: [SIMD2<Float>], canvas: CoverCanvas) {
        // The smallest picture that still has a pixel for each pixel of the mask.
        let wide = FaceFrame.length(SIMD3(places[2] - places[0], 0))
        let original = FaceFrame.length(SIMD3(view.keyPoints[2] - view.keyPoints[0], 0))
        guard wide > 1 else { return nil }
        var level = 0
        var ratio = original / wide
        while ratio > 2, level + 1 < view.levels.count {
            level += 1
            ratio /= 2
        }
        let shrink = Float(1 << level)
        let keys = view.keyPoints.map { ($0 + 0.5) / shrink - 0.5 }
        guard let map = ThinPlateSpline(from: places, to: keys),
            let forth = ThinPlateSpline(from: keys, to: places)
        else { return nil }
        source = view.levels[level]
        self.map = map
        self.canvas = canvas
        let corners = source.border.map { forth($0) }
        let reach = 4 * canvas.frame.scale + 3 * canvas.light.blur + 3
        let low = corners.reduce(corners[0], pointwiseMin) - reach,
            high = corners.reduce(corners[0], pointwiseMax) + reach
        // Key points that lie almost on a line make the warp degenerate; such a mask is not visible.
        let width = Float(canvas.image.width - 1), height = Float(canvas.image.height - 1)
        guard low.x <= width, low.y <= height, high.x >= 0, high.y >= 0 else { return nil }
        left = Int(max(low.x, 0))
        top = Int(max(low.y, 0))
        right = Int(min(high.x, width))
        bottom = Int(min(high.y, height))
        guard left < right, top < bottom else { return nil }
    }

    func layer() -> Layer {
        let width = right - left + 1, height = bottom - top + 1
        var pixels = [SIMD4<Float>](repeating: .zero, count: width * height)
        let light = canvas.light
        let middle = canvas.frame([0, 66, 20])
        let reach = 60 * canvas.frame.scale
        // Four samples per pixel. The map is smooth, so its values inside a pixel are interpolated from the pixel's
        // corners.
        let map = grid(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let a = map[y * (width + 1) + x], b = map[y * (width + 1) + x + 1]
                let c = map[(y + 1) * (width + 1) + x], d = map[(y + 1) * (width + 1) + x + 1]
                var sum = SIMD4<Float>.zero
                for (u, v) in [(Float(0.25), Float(0.25)), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                    let upper = a + (b - a) * u, lower = c + (d - c) * u
                    sum += source.color(at: upper + (lower - upper) * v)
                }
                guard sum.w > 0 else { continue }
                sum *= 0.25
                let place = (SIMD2(Float(left + x), Float(top + y)) - middle) / reach
                let slope = place.x * light.direction.x + place.y * (light.direction.y + 0.25)
                let strength = light.exposure * min(max(1 + 0.6 * slope, 0.4), 1.3)
                let gray = (SIMD3(sum.x, sum.y, sum.z) * [0.299, 0.587, 0.114]).sum()
                let color = (SIMD3(sum.x, sum.y, sum.z) - gray) * light.saturation + gray
                var seen = SIMD4(color * strength, sum.w)
                seen.clamp(lowerBound: .zero, upperBound: SIMD4(repeating: sum.w))
                pixels[y * width + x] = seen
            }
        }
        return Layer(left: left, top: top, width: width, height: height, pixels: pixels)
    }

    /// Returns the map at the corners of all pixels: every eighth is computed, the others are interpolated.
    private func grid(width: Int, height: Int) -> [SIMD2<Float>] {
        let step = 8
        let columns = width / step + 2, rows = height / step + 2
        let coarse = (0..<columns * rows).map { index in
            map(
                SIMD2(Float(left + index % columns * step), Float(top + index / columns * step)) - 0.5)
        }
        return (0..<(width + 1) * (height + 1)).map { index in
            let x = index % (width + 1), y = index / (width + 1)
            let at = y / step * columns + x / step
            let fx = Float(x % step) / Float(step), fy = Float(y % step) / Float(step)
            let upper = coarse[at] + (coarse[at + 1] - coarse[at]) * fx
            let lower = coarse[at + columns] + (coarse[at + columns + 1] - coarse[at + columns]) * fx
            return upper + (lower - upper) * fy
        }
    }
}
