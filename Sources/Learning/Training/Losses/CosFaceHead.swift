public import Tensors

/// A margin in cosine: the own class counts with cos θ − m.
///
/// Wang et al., *CosFace*, 2018 (arXiv:1801.09414).
public struct CosFaceHead: ClassificationHead {
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
    ///   - margin: From 0 to under 1.
    ///   - smoothing: Label smoothing, from 0 to under 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double = 64, margin: Double = 0.35,
        smoothing: Double = 0
    ) throws {
        precondition(scale > 0 && (0..<1).contains(margin), "CosFace's scale or margin is out of range")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        (self.scale, self.margin, self.smoothing) = (scale, margin, smoothing)
    }

    /// The logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// The loss of `[batch, dimension]` embeddings whose labels are `[batch]`.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        let logits = (cosines - directions.isOwn(labels).to(.float32) * margin) * scale
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }
}
