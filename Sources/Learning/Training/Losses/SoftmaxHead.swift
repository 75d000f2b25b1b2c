public import Tensors

/// The plain classifier: a linear layer and cross-entropy.
public struct SoftmaxHead: ClassificationHead {
    private let layer: Linear
    private let smoothing: Double

    /// A head whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// - Parameters:
    ///   - dimension: Length of the embeddings.
    ///   - classes: How many people there are.
    ///   - smoothing: Label smoothing, from 0 to under 1.
    public init(_ parameters: Parameters, dimension: Int, classes: Int, smoothing: Double = 0) throws {
        layer = try Linear(parameters, in: dimension, out: classes)
        self.smoothing = smoothing
    }

    /// The logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { layer(embeddings) }

    /// The loss of `[batch, dimension]` embeddings whose labels are `[batch]`.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let logits = logits(embeddings)
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing), accuracy: accuracy(logits, labels: labels)
        )
    }
}
