public import Tensors

/// A layer over embeddings that tells the people of the training set apart; it is thrown away afterwards.
public protocol ClassificationHead {
    /// How sure the head is of each person, as it would be used: without margins.
    ///
    /// - Parameter embeddings: `[batch, dimension]`.
    /// - Returns: `[batch, classes]`, logarithms of probabilities but for a constant.
    func logits(_ embeddings: Tensor) -> Tensor

    /// The loss of a batch, with whatever the head does to make it hard.
    ///
    /// - Parameters:
    ///   - embeddings: `[batch, dimension]`, float32 (outside mixed precision).
    ///   - labels: `[batch]`, integers from 0.
    func loss(_ embeddings: Tensor, labels: Tensor) -> ClassificationLoss
}

/// What a batch gave.
public struct ClassificationLoss {
    /// The mean cross-entropy, one number.
    public let loss: Tensor
    /// The share of the batch that is told right without margins, 0 to 1.
    public let accuracy: Tensor
}

/// A person's direction for each class: the weights that the angular heads share.
struct ClassDirections {
    /// `[classes, dimension]`; only the directions matter.
    let weight: Tensor
    let classes: Int

    init(_ parameters: Parameters, dimension: Int, classes: Int) throws {
        weight = try parameters.tensor("weight", [classes, dimension], .glorot(fanIn: dimension, fanOut: classes))
        self.classes = classes
    }

    /// The cosine of each embedding with each class: `[batch, dimension]` → `[batch, classes]`.
    func cosines(_ embeddings: Tensor) -> Tensor {
        linear(embeddings.normalized(), weight: weight.normalized(), bias: nil)
    }

    /// True at each row's own class: `[batch]` → `[batch, classes]`.
    func isOwn(_ labels: Tensor) -> Tensor {
        labels.reshaped([-1, 1]) .== Tensor.range(classes, on: labels.device).reshaped([1, -1])
    }
}
