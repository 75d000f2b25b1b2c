import Foundation
public import Tensors

/// Softmax over cosines whose scale needs no tuning: fixed at √2 · ln(classes − 1), or following the batch.
///
/// Zhang et al., *AdaCos: Adaptively Scaling Cosine Logits*, 2019 (arXiv:1905.00292).
public struct AdaCosHead: ClassificationHead {
    private let directions: ClassDirections
    private let isDynamic: Bool
    private let smoothing: Double
    /// The scale in use, one number; kept with the weights, so that a run goes on with it.
    private let scale: Tensor

    /// A head whose values are called `weight` and `scale` under `parameters`.
    ///
    /// - Parameters:
    ///   - dimension: Length of the embeddings.
    ///   - classes: How many people there are; at least 3.
    ///   - isDynamic: Whether the scale follows the batch.
    ///   - smoothing: Label smoothing, from 0 to under 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, isDynamic: Bool = true, smoothing: Double = 0
    ) throws {
        precondition(classes > 2, "AdaCos' scale ln(classes − 1) needs 3 classes or more")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        scale = try parameters.buffer("scale", [1], .constant(2.0.squareRoot() * log(Double(classes - 1))))
        (self.isDynamic, self.smoothing) = (isDynamic, smoothing)
    }

    /// The scale in use.
    public var currentScale: Double { Double(scale.scalar) }

    /// The logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// The loss of `[batch, dimension]` embeddings whose labels are `[batch]`.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        if isDynamic { withoutGradients { follow(cosines.detached, labels) } }
        return ClassificationLoss(
            loss: crossEntropy(cosines * scale, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }

    /// s ← ln B / cos(min(π / 4, median θ)), where B is the batch's mean of Σ exp(s cos θ) over the other classes and θ
    /// is the angle to the own one (the paper's equations 15 and 16).
    private func follow(_ cosines: Tensor, _ labels: Tensor) {
        let own = cosines.gathered(labels.reshaped([-1, 1]), axis: 1).floats
        guard !own.isEmpty else { return }
        let angles = own.map { acos(min(max(Double($0), -1), 1)) }.sorted()
        let median = (angles[(own.count - 1) / 2] + angles[own.count / 2]) / 2
        // The own class' share is e^−1e4 = 0; the logarithm of the sum is taken without overflow.
        let others = cosines * scale - directions.isOwn(labels).to(.float32) * 1e4
        let logarithm = Double(others.logSumExp().scalar) - log(Double(own.count))
        let next = logarithm / cos(min(.pi / 4, median))
        // A batch in which the sum is not above 1 says nothing about a scale.
        if next > 0 { scale.fill(next) }
    }
}
