import Faces
import Tensors
import Training

/// The contexts of a batch of stage rows, as a network with context takes them.
enum ContextBatch {
    /// `[batch, 12]`.
    static func tensor(_ batch: StageBatches.Batch, at moment: TrainingMoment) -> Tensor {
        Tensor(batch.contexts, shape: [batch.rows.count, ContextVector.names.count], on: moment.device)
    }

    /// The same for training: the mask's entry is made unknown with a probability of `hidden`, so that the network also
    /// does without a mask classifier.
    static func tensor(_ batch: StageBatches.Batch, hiding hidden: Double, at moment: TrainingMoment) -> Tensor {
        let (count, numbers) = (batch.rows.count, ContextVector.names.count)
        let isHidden = (Tensor.uniform(0..<1, shape: [count, 1], on: moment.device) .< hidden).to(.float32)
        let last = [Float](repeating: 0, count: numbers - 1) + [1]
        let mask = Tensor(last, shape: [1, numbers], on: moment.device) * isHidden
        // An unknown mask is −1 (`ContextVector.unknownMaskProbability`).
        return tensor(batch, at: moment) * (1 - mask) - mask
    }
}
