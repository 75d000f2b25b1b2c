public import Faces
public import Pixels
import Synchronization

/// A detector for tests: it finds the faces that a closure gives, and counts its calls.
///
/// ```swift
/// let detector = FakeDetector { _ in [Face.drawn(x: 10, y: 10, side: 40)] }
/// ```
public final class FakeDetector: FaceDetector {
    /// `fake`.
    public let name = "fake"
    /// The precision that results report.
    public let precision: String
    private let looks = Mutex(0)
    private let find: @Sendable (Image) -> [Face]

    /// A detector that finds what `find` returns for a picture.
    public init(precision: String = "f32", find: @escaping @Sendable (Image) -> [Face]) {
        self.precision = precision
        self.find = find
    }

    /// The number of pictures that it was given.
    public var count: Int { looks.withLock { $0 } }

    /// The faces that the closure returns.
    public func faces(in image: Image) async throws -> [Face] {
        looks.withLock { $0 += 1 }
        return find(image)
    }
}

extension Face {
    /// A face for tests, seen from the front: a square box with its top left corner at (`x`, `y`), and landmarks that suit it.
    ///
    /// - Parameters:
    ///   - x: The left border, in pixels.
    ///   - y: The upper border, in pixels.
    ///   - side: The box's width and height, in pixels.
    ///   - confidence: 0...1.
    public static func drawn(x: Float = 10, y: Float = 10, side: Float = 40, confidence: Float = 0.9) -> Face {
        func point(_ dx: Float, _ dy: Float) -> Point { Point(x: x + side * dx, y: y + side * dy) }
        return Face(
            box: Box(x: x, y: y, width: side, height: side), confidence: confidence,
            landmarks: Landmarks(
                leftEye: point(0.3, 0.4), rightEye: point(0.7, 0.4), nose: point(0.5, 0.6),
                leftMouth: point(0.35, 0.8), rightMouth: point(0.65, 0.8)))
    }
}
