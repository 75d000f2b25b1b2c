public import Pixels

extension SimilarityTransform {
    /// Creates the least-squares similarity transform that maps `source` to `target`, point by point.
    ///
    /// Umeyama, *Least-squares estimation of transformation parameters between two point patterns*, 1991. In the plane
    /// and without reflection, the solution is closed: with centered points as complex numbers p and q, the rotation
    /// and scale are Σ q·p̄ / Σ |p|².
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if all points of `source` coincide.
    public init(from source: [Point], to target: [Point]) throws {
        precondition(source.count == target.count && source.count >= 2, "as many points in target as in source")
        let count = Double(source.count)
        var sx = 0.0, sy = 0.0, tx = 0.0, ty = 0.0
        for (s, t) in zip(source, target) {
            sx += Double(s.x) / count
            sy += Double(s.y) / count
            tx += Double(t.x) / count
            ty += Double(t.y) / count
        }
        var real = 0.0, imaginary = 0.0, spread = 0.0
        for (s, t) in zip(source, target) {
            let px = Double(s.x) - sx, py = Double(s.y) - sy
            let qx = Double(t.x) - tx, qy = Double(t.y) - ty
            real += qx * px + qy * py
            imaginary += qy * px - qx * py
            spread += px * px + py * py
        }
        guard spread.isFinite, spread > 1e-9, real * real + imaginary * imaginary > 0 else {
            throw FaceError.degenerateLandmarks
        }
        let a = real / spread, b = imaginary / spread
        self.init(
            a: Float(a), b: Float(b), tx: Float(tx - (a * sx - b * sy)), ty: Float(ty - (b * sx + a * sy)))
        guard isInvertible else { throw FaceError.degenerateLandmarks }
    }
}
