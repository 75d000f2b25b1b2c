import Foundation
public import Tensors

/// A margin in angle: the own class counts with cos(θ + m) instead of cos θ.
///
/// Deng et al., *ArcFace*, 2019 (arXiv:1801.07698).
public struct ArcFaceHead: ClassificationHead {
    private let directions: ClassDirections
    private let scale: Double
    private let margin: Double
    private let smoothing: Double

    /// A head whose weights are called `weight` under `parameters`.
    ///
    /// - Parameters:
    ///   - dimension: Length of the embeddings.
    ///   - classes: How many people there are.
    ///   - scale: The length s that embeddings are given; above 0.
    ///   - margin: In radians, from 0 to under π / 2.
    ///   - smoothing: Label smoothing, from 0 to under 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double = 64, margin: Double = 0.5,
        smoothing: Double = 0
    ) throws {
        precondition(scale > 0 && (0..<Double.pi / 2).contains(margin), "ArcFace's scale or margin is out of range")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        (self.scale, self.margin, self.smoothing) = (scale, margin, smoothing)
    }

    /// The logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// The loss of `[batch, dimension]` embeddings whose labels are `[batch]`.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        let logits = directions.isOwn(labels).select(withMargin(cosines), cosines) * scale
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }

    /// cos(θ + m) = cos θ cos m − sin θ sin m, without an arc cosine, whose slope has no bound at ±1.
    ///
    /// Past θ = π − m the cosine would rise again and reward being further away; there it goes on as the straight line
    /// cos θ − m sin m, as in the authors' code.
    func withMargin(_ cosines: Tensor) -> Tensor {
        // Where cos² is nearest to 1 in float32, so that the root's slope stays finite.
        let sines = (1 - cosines.squared).maximum(1e-7).squareRoot
        let turned = cosines * cos(margin) - sines * sin(margin)
        return (cosines .> cos(.pi - margin)).select(turned, cosines - margin * sin(margin))
    }
}
