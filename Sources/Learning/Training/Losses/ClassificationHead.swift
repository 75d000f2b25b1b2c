public import Tensors

/// A layer on top of embeddings that classifies the people of the training set. It is discarded after training.
public protocol ClassificationHead {
    /// Returns the logits of each person without margins.
    ///
    /// - Parameter embeddings: `[batch, dimension]`.
    /// - Returns: `[batch, classes]`, logarithms of probabilities up to a constant.
    func logits(_ embeddings: Tensor) -> Tensor

    /// Returns the loss of a batch, including margins.
    ///
    /// - Parameters:
    ///   - embeddings: `[batch, dimension]`, float32 (outside mixed precision).
    ///   - labels: `[batch]`, integers from 0.
    func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss
}

/// The loss and the accuracy of a batch.
public struct ClassificationLoss {
    /// The mean cross-entropy, one number.
    public let loss: Tensor
    /// The share of the batch that is classified correctly without margins, from 0 to 1.
    public let accuracy: Tensor
}

/// One direction per class, that is, per person. The angular heads share these weights.
struct ClassDirections {
    /// The directions, `[classes, dimension]`. Their lengths do not matter.
    let weight: Tensor
    let classes: Int

    init(_ parameters: Parameters, dimension: Int, classes: Int) throws {
        weight = try parameters.tensor("weight", [classes, dimension], .glorot(fanIn: dimension, fanOut: classes))
        self.classes = classes
    }

    /// Returns the cosine of each embedding with each class: `[batch, dimension]` → `[batch, classes]`.
    func cosines(_ embeddings: Tensor) -> Tensor {
        linear(embeddings.normalized(), weight: weight.normalized(), bias: nil)
    }

    /// Returns a mask that is true at each row's own class: `[batch]` → `[batch, classes]`.
    func isOwn(_ labels: Tensor) -> Tensor {
        labels.reshaped([-1, 1]) .== Tensor.range(classes, on: labels.device).reshaped([1, -1])
    }
}
