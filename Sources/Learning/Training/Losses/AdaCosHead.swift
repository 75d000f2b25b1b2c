import Foundation
public import Tensors

/// Softmax over cosines with a scale that needs no tuning: fixed at √2 · ln(classes − 1), or adapted to each batch.
///
/// Zhang et al., *AdaCos: Adaptively Scaling Cosine Logits*, 2019 (arXiv:1905.00292).
public struct AdaCosHead: ClassificationHead {
    private let directions: ClassDirections
    private let isDynamic: Bool
    private let smoothing: Double
    /// The current scale, one number. It is stored with the weights, so that a resumed run continues with it.
    private let scale: Tensor

    /// Creates a head whose values are called `weight` and `scale` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dimension: The length of the embeddings.
    ///   - classes: The number of people; at least 3.
    ///   - isDynamic: Whether the scale adapts to each batch.
    ///   - smoothing: Label smoothing, from 0 to below 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, isDynamic: Bool = true, smoothing: Double = 0
    ) throws {
        precondition(classes > 2, "AdaCos needs at least 3 classes, because of its scale ln(classes − 1)")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        scale = try parameters.buffer("scale", [1], .constant(2.0.squareRoot() * log(Double(classes - 1))))
        (self.isDynamic, self.smoothing) = (isDynamic, smoothing)
    }

    /// The current scale.
    public var currentScale: Double { Double(scale.scalar) }

    /// Returns the logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// Returns the loss of `[batch, dimension]` embeddings with `[batch]` labels.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        if isDynamic { withoutGradients { follow(cosines.detached, labels) } }
        return ClassificationLoss(
            loss: crossEntropy(cosines * scale, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }

    /// Updates the scale: s ← ln B / cos(min(π / 4, median θ)). B is the batch mean of Σ exp(s cos θ) over the other
    /// classes, and θ is the angle to the embedding's own class (equations 15 and 16 of the AdaCos paper).
    private func follow(_ cosines: Tensor, _ labels: Tensor) {
        let own = cosines.gathered(labels.reshaped([-1, 1]), axis: 1).floats
        guard !own.isEmpty else { return }
        let angles = own.map { acos(min(max(Double($0), -1), 1)) }.sorted()
        let median = (angles[(own.count - 1) / 2] + angles[own.count / 2]) / 2
        // The own class contributes e^−1e4 = 0. The logarithm of the sum is computed without overflow.
        let others = cosines * scale - directions.isOwn(labels).to(.float32) * 1e4
        let logarithm = Double(others.logSumExp().scalar) - log(Double(own.count))
        let next = logarithm / cos(min(.pi / 4, median))
        // If the sum is not above 1, the batch does not define a scale.
        if next > 0 { scale.fill(next) }
    }
}
