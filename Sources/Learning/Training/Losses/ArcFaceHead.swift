import Foundation
public import Tensors

/// A classification head with an angular margin: the logit of the true class uses cos(θ + m) instead of cos θ.
///
/// Deng et al., *ArcFace*, 2019 (arXiv:1801.07698).
///
/// ```swift
/// let head = try ArcFaceHead(store.root["head"], dimension: 128, classes: 1000, scale: 64, margin: 0.5)
/// let result = head.loss(embeddings, labels: Tensor(people))   // people: a number below `classes` for each embedding
/// result.loss.backward()
/// print(result.loss.scalar, result.accuracy.scalar)
/// ```
public struct ArcFaceHead: ClassificationHead {
    private let directions: ClassDirections
    private let scale: Double
    private let margin: Double
    private let smoothing: Double

    /// Creates a head whose weights are called `weight` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dimension: The length of the embeddings.
    ///   - classes: The number of people.
    ///   - scale: The length s to which embeddings are scaled; above 0.
    ///   - margin: The margin in radians, from 0 to below π / 2.
    ///   - smoothing: Label smoothing, from 0 to below 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double = 64, margin: Double = 0.5,
        smoothing: Double = 0
    ) throws {
        precondition(scale > 0 && (0..<Double.pi / 2).contains(margin), "ArcFace's scale or margin is out of range")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        (self.scale, self.margin, self.smoothing) = (scale, margin, smoothing)
    }

    /// Returns the logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// Returns the loss of `[batch, dimension]` embeddings with `[batch]` labels.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        let logits = directions.isOwn(labels).select(withMargin(cosines), cosines) * scale
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }

    /// Returns cos(θ + m) = cos θ cos m − sin θ sin m. It avoids the arc cosine, whose slope is unbounded at ±1.
    ///
    /// Beyond θ = π − m, the cosine would rise again and reward larger angles. There it continues as the straight line
    /// cos θ − m sin m, as in the authors' code.
    func withMargin(_ cosines: Tensor) -> Tensor {
        // 1e-7 keeps the slope of the root finite at cos² = 1 in float32.
        let sines = (1 - cosines.squared).maximum(1e-7).squareRoot
        let turned = cosines * cos(margin) - sines * sin(margin)
        return (cosines .> cos(.pi - margin)).select(turned, cosines - margin * sin(margin))
    }
}
