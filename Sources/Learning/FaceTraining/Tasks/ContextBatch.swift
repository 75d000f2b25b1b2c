import Faces
import Tensors
import Training

/// The contexts of a batch of stage rows as a tensor.
enum ContextBatch {
    /// Returns the contexts, `[batch, 12]`.
    static func tensor(_ batch: StageBatches.Batch, at moment: TrainingMoment) -> Tensor {
        Tensor(batch.contexts, shape: [batch.rows.count, ContextVector.names.count], on: moment.device)
    }

    /// Returns the contexts for training. The mask's entry is hidden with probability `share`, so that the network
    /// also works without a mask classifier.
    static func tensor(_ batch: StageBatches.Batch, hiding share: Double, at moment: TrainingMoment) -> Tensor {
        hidden(tensor(batch, at: moment), probability: share)
    }

    /// Hides the mask's entry of contexts, `[batch, 12]`, with a probability.
    static func hidden(_ contexts: Tensor, probability: Double) -> Tensor {
        let (count, numbers) = (contexts.shape[0], ContextVector.names.count)
        let isHidden = (Tensor.uniform(0..<1, shape: [count, 1], on: contexts.device) .< probability).to(.float32)
        let last = [Float](repeating: 0, count: numbers - 1) + [1]
        let mask = Tensor(last, shape: [1, numbers], on: contexts.device) * isHidden
        // The value for an unknown mask is −1 (`ContextVector.unknownMaskProbability`).
        return contexts * (1 - mask) - mask
    }
}
