import Faces
import Foundation
import Pixels

/// A place on or near a face, in millimeters of an average adult.
///
/// The origin is between the eyes, x points to the image's right, y down, z towards the camera of a face seen from the
/// front.
typealias FacePoint = SIMD3<Float>

/// An affine camera, fitted to the five landmarks, that maps places of an average face to the picture.
///
/// An object that is described once in millimeters then follows the head's yaw, pitch, roll and size. As the camera may
/// stretch, it also follows the proportions of the face.
struct FaceFrame {
    /// The change of the picture's x and y per millimeter in each direction.
    let across: SIMD3<Float>
    let down: SIMD3<Float>
    /// The origin in the picture.
    let origin: SIMD2<Float>
    /// The direction from the face to the camera.
    let view: SIMD3<Float>

    /// The number of pixels per millimeter.
    var scale: Float { (Self.length(across) + Self.length(down)) / 2 }

    /// The rotation about the vertical axis, in degrees; positive if the face looks to the image's right.
    var yaw: Float { Float(asin(Double(min(max(across.z / Self.length(across), -1), 1))) * 180 / .pi) }

    /// The eye centers, nose tip and mouth corners, after Farkas, *Anthropometry of the Head and Face*, 1994.
    private static let model: [FacePoint] = [
        [-32, 0, 0], [32, 0, 0], [0, 42, 30], [-26, 68, 2], [26, 68, 2],
    ]

    /// Creates the least-squares camera for `landmarks`.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if they lie on a line or coincide.
    init(_ landmarks: Landmarks) throws {
        let points = landmarks.points
        let (across, x) = Self.row(points.map(\.x))
        var (down, y) = Self.row(points.map(\.y))
        // The offset of the nose depends on the person's nose as much as on the head's pitch.
        let kept: Float = 0.7
        y += down.z * (1 - kept) * Self.mean.z
        down.z *= kept
        let (width, height) = (Self.length(across), Self.length(down))
        let view = Self.cross(across, down)
        guard width.isFinite, height.isFinite, width > 1e-3, height > 1e-3,
            Self.length(view) > 0.05 * width * height
        else { throw FaceError.degenerateLandmarks }
        self.across = across
        self.down = down
        self.view = view / Self.length(view)
        origin = [x, y]
    }

    /// Returns the place of `point` in the picture.
    func callAsFunction(_ point: FacePoint) -> SIMD2<Float> {
        [Self.dot(across, point) + origin.x, Self.dot(down, point) + origin.y]
    }

    /// Returns the depth of `point` in millimeters; larger is nearer to the camera.
    func depth(_ point: FacePoint) -> Float { Self.dot(view, point) }

    private static var mean: FacePoint { model.reduce(.zero, +) / Float(model.count) }

    /// Solves values ≈ row · model + constant in the least-squares sense.
    ///
    /// The model is symmetric about x = 0, so the normal equations separate into one equation for x and two for y and
    /// z.
    private static func row(_ values: [Float]) -> (SIMD3<Float>, Float) {
        let middle = values.reduce(0, +) / Float(values.count)
        var squares = FacePoint.zero, products = FacePoint.zero
        var mixed: Float = 0
        for (point, value) in zip(model, values) {
            let centred = point - mean
            squares += centred * centred
            products += centred * (value - middle)
            mixed += centred.y * centred.z
        }
        let determinant = squares.y * squares.z - mixed * mixed
        let row = SIMD3(
            products.x / squares.x, (products.y * squares.z - products.z * mixed) / determinant,
            (products.z * squares.y - products.y * mixed) / determinant)
        return (row, middle - dot(row, mean))
    }

    static func dot(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> Float { (a * b).sum() }

    static func cross(_ a: SIMD3<Float>, _ b: SIMD3<Float>) -> SIMD3<Float> {
        [a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x]
    }

    static func length(_ a: SIMD3<Float>) -> Float { dot(a, a).squareRoot() }
}
