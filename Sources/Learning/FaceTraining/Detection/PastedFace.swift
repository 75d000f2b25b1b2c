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
    func placed(at center: Point, size: Float, degrees: Float) -> Placed {
        // A warp samples single pixels, so what becomes smaller is averaged first.
        let factor = size / max(box.width, box.height), shrunk = min(factor, 1)
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
}
