public import Tensors

/// The loss of boxes by their overlap, which also has a slope where boxes do not meet.
///
/// Peng and Yu, *A Systematic IoU-Related Method: Beyond Simplified Regression for Better Localization*, IEEE
/// Transactions on Image Processing 30, 2021 (arXiv:2112.01793): the extended intersection over union, which is below 0
/// for boxes that do not meet, and its smooth form. YuNet's authors train with it.
public struct ExtendedOverlapLoss: Sendable, Hashable {
    /// The loss below which it is squared, so that its slope fades towards perfect boxes; above 0.
    public var smoothPoint: Double

    /// Creates a loss.
    public init(smoothPoint: Double = 0.1) {
        precondition(smoothPoint > 0, "the smooth point must be above 0")
        self.smoothPoint = smoothPoint
    }

    /// Returns the loss of each pair of boxes.
    ///
    /// - Parameters:
    ///   - boxes: `[count, 4]`: left, top, right and bottom.
    ///   - targets: The same of the boxes that are sought.
    /// - Returns: `[count]`; 0 for equal boxes.
    public func callAsFunction(_ boxes: Tensor, targets: Tensor) -> Tensor {
        let loss = 1 - extendedOverlaps(boxes, targets)
        let isSmall = (loss.detached .< smoothPoint)
        return isSmall.select(loss.squared * (0.5 / smoothPoint), loss - 0.5 * smoothPoint)
    }

    /// Returns the extended intersection over union of each pair.
    private func extendedOverlaps(_ boxes: Tensor, _ targets: Tensor) -> Tensor {
        func edges(_ x: Tensor) -> [Tensor] { (0..<4).map { x.slice(1, $0..<$0 + 1).reshaped([-1]) } }
        let (p, t) = (edges(boxes), edges(targets))
        // Left and top of the extent; left, top, right and bottom of the intersection, which may be turned over.
        let (ex, ey) = (p[0].minimum(t[0]), p[1].minimum(t[1]))
        let (ix1, iy1) = (p[0].maximum(t[0]), p[1].maximum(t[1]))
        let (ix2, iy2) = (p[2].minimum(t[2]), p[3].minimum(t[3]))
        let (xMin, yMin) = (ix1.minimum(ix2), iy1.minimum(iy2))
        let (xMax, yMax) = (ix1.maximum(ix2), iy1.maximum(iy2))
        let whole = (ix2 - ex) * (iy2 - ey) + (xMin - ex) * (yMin - ey)
        let intersection = whole - (ix1 - ex) * (yMax - ey) - (xMax - ex) * (iy1 - ey)
        func area(_ e: [Tensor]) -> Tensor { (e[2] - e[0]) * (e[3] - e[1]) }
        return intersection / (area(p) + area(t) - intersection + 1e-7)
    }
}

/// Returns −t log σ(x) − (1 − t) log (1 − σ(x)) of each logit, without overflow.
///
/// - Parameters:
///   - logits: Any shape.
///   - targets: The same shape, 0 to 1.
public func binaryCrossEntropy(_ logits: Tensor, targets: Tensor) -> Tensor {
    softplus(-logits.magnitude) + relu(logits) - logits * targets
}

/// Returns the absolute difference of each pair, squared where it is below `beta` so that its slope fades.
///
/// Girshick, *Fast R-CNN*, 2015 (arXiv:1504.08083).
///
/// - Parameters:
///   - values: Any shape.
///   - targets: The same shape.
///   - beta: The difference from which the loss is linear, above 0.
public func smoothDistance(_ values: Tensor, targets: Tensor, beta: Double = 1) -> Tensor {
    precondition(beta > 0, "the difference from which the loss is linear must be above 0")
    let difference = (values - targets).magnitude
    return (difference.detached .< beta).select(difference.squared * (0.5 / beta), difference - 0.5 * beta)
}
