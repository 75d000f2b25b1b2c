public import Tensors

/// A plain classifier: a linear layer with cross-entropy.
public struct SoftmaxHead: ClassificationHead {
    private let layer: Linear
    private let smoothing: Double

    /// Creates a head whose weights are called `weight` and `bias` under `parameters`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - dimension: The length of the embeddings.
    ///   - classes: The number of people.
    ///   - smoothing: Label smoothing, from 0 to below 1.
    public init(_ parameters: Parameters, dimension: Int, classes: Int, smoothing: Double = 0) throws {
        layer = try Linear(parameters, in: dimension, out: classes)
        self.smoothing = smoothing
    }

    /// Returns the logits without a margin: `[batch, dimension]` → `[batch, classes]`.
    public func logits(_ embeddings: Tensor) -> Tensor { layer(embeddings) }

    /// Returns the loss of `[batch, dimension]` embeddings with `[batch]` labels.
    public func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss {
        let logits = logits(embeddings)
        return ClassificationLoss(
            loss: crossEntropy(logits, labels: labels, smoothing: smoothing), accuracy: accuracy(logits, labels: labels)
        )
    }
}
