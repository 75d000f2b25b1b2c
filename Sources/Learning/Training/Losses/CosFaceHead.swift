public import Tensors

/// A classification head with a cosine margin: the logit of the true class uses cos θ − m.
///
/// Wang et al., *CosFace*, 2018 (arXiv:1801.09414).
public struct CosFaceHead: ClassificationHead {
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
    ///   - margin: The margin, from 0 to below 1.
    ///   - smoothing: Label smoothing, from 0 to below 1.
    public init(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double = 64, margin: Double = 0.35,
        smoothing: Double = 0
    ) throws {
        precondition(scale > 0 && (0..<1).contains(margin), "CosFace's scale or margin is out of range")
        directions = try ClassDirections(parameters, dimension: dimension, classes: classes)
        (self.scale, self.margin, self.smoothing) = (scale, margin, smoothing)
    }

    /// Returns the logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { directions.cosines(embeddings) * scale }

    /// Returns the loss of `[batch, dimension]` embeddings with `[batch]` labels.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let cosines = directions.cosines(embeddings)
        let logits = (cosines - directions.isOwn(labels).to(.float32) * margin) * scale
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing),
            accuracy: accuracy(cosines, labels: labels))
    }
}
