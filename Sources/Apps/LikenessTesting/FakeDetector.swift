public import Faces
public import Pixels
import Synchronization

/// A detector for tests that returns the faces given by a closure and counts its calls.
///
/// ```swift
/// let detector = FakeDetector { _ in [Face.drawn(x: 10, y: 10, side: 40)] }
/// ```
public final class FakeDetector: FaceDetector {
    /// `fake`.
    public let name = "fake"
    /// The precision in results.
    public let precision: String
    private let looks = Mutex(0)
    private let find: @Sendable (Image) -> [Face]

    /// Creates a detector that finds the faces that `find` returns for a picture.
    public init(precision: String = "f32", find: @escaping @Sendable (Image) -> [Face]) {
        self.precision = precision
        self.find = find
    }

    /// The number of pictures it has received.
    public var count: Int { looks.withLock { $0 } }

    /// Returns the faces given by the closure.
    public func faces(in image: Image) async throws -> [Face] {
        looks.withLock { $0 += 1 }
        return find(image)
    }
}

extension Face {
    /// Creates a face for tests, seen from the front: a square box with its top left corner at (`x`, `y`), and matching
    /// landmarks.
    ///
    /// - Parameters:
    ///   - x: The left edge, in pixels.
    ///   - y: The upper edge, in pixels.
    ///   - side: The box's width and height, in pixels.
    ///   - confidence: The confidence, 0...1.
    public static func drawn(x: Float = 10, y: Float = 10, side: Float = 40, confidence: Float = 0.9) -> Face {
        func point(_ dx: Float, _ dy: Float) -> Point { Point(x: x + side * dx, y: y + side * dy) }
        return Face(
            box: Box(x: x, y: y, width: side, height: side), confidence: confidence,
            landmarks: Landmarks(
                leftEye: point(0.3, 0.4), rightEye: point(0.7, 0.4), nose: point(0.5, 0.6),
                leftMouth: point(0.35, 0.8), rightMouth: point(0.65, 0.8)))
    }
}
