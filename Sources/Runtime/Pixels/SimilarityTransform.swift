/// A rotation, uniform scale and translation of the plane: (x, y) → (a x − b y + tx, b x + a y + ty).
///
/// ```swift
/// // Half the size, shifted by 10 pixels to the right.
/// let transform = SimilarityTransform(a: 0.5, b: 0, tx: 10, ty: 0)
/// let small = image.warped(by: transform, width: 320, height: 240)
/// let inSmall = transform(Point(x: 100, y: 40))        // (60, 20)
/// let inImage = transform.inverse(inSmall)             // (100, 40)
/// ```
public struct SimilarityTransform: Hashable, Sendable {
    /// The scale times the cosine of the angle.
    public var a: Float
    /// The scale times the sine of the angle.
    public var b: Float
    /// The translation to the right, in pixels.
    public var tx: Float
    /// The translation downwards, in pixels.
    public var ty: Float

    /// Creates the transform with the matrix [a −b tx; b a ty].
    public init(a: Float, b: Float, tx: Float, ty: Float) {
        self.a = a
        self.b = b
        self.tx = tx
        self.ty = ty
    }

    /// The transform that leaves every point in place.
    public static let identity = SimilarityTransform(a: 1, b: 0, tx: 0, ty: 0)

    /// The factor by which lengths change.
    public var scale: Float { (a * a + b * b).squareRoot() }

    /// Returns the transformed `point`.
    public func callAsFunction(_ point: Point) -> Point {
        Point(x: a * point.x - b * point.y + tx, y: b * point.x + a * point.y + ty)
    }

    /// Whether the transform has an inverse, and its numbers are finite.
    ///
    /// Transforms of faces of absurd size, such as 10³⁸ pixels, have none: in `Float`, their scale squared is 0.
    public var isInvertible: Bool {
        let determinant = a * a + b * b
        return determinant > 0 && determinant.isFinite && tx.isFinite && ty.isFinite
    }

    /// The inverse transform. The transform must be invertible.
    public var inverse: SimilarityTransform {
        let determinant = a * a + b * b
        precondition(determinant > 0, "a transform of scale 0 has no inverse")
        let ia = a / determinant
        let ib = -b / determinant
        return SimilarityTransform(a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty))
    }
}
