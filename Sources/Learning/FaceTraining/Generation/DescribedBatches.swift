import Augmentation
import LikenessSupport
public import Training

/// Batches of faces with their descriptions.
public struct DescribedBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// `[batch, side, side, 3]`.
        var pixels: [UInt8]
        /// The descriptions, one row for each face.
        var descriptions: [Float]
        var count: Int
    }

    /// The number of faces in a step.
    public let examplesPerStep: Int
    /// The number of steps for one pass through the faces.
    public let stepsPerEpoch: Int
    private let faces: DescribedFaces
    private let seed: UInt64

    init(_ faces: DescribedFaces, size: Int, seed: UInt64) {
        (self.faces, self.seed, examplesPerStep) = (faces, seed, size)
        stepsPerEpoch = max(faces.training.count / size, 1)
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        var generator = SeededGenerator(seed: seed).split(epoch)
        var order = Array(faces.training.indices)
        generator.shuffle(&order)
        let start = step % stepsPerEpoch * examplesPerStep
        let chosen = (0..<examplesPerStep).map { faces.training[order[(start + $0) % order.count]] }
        return try faces.batch(chosen)
    }
}

extension DescribedFaces {
    /// Returns the batch of some faces.
    func batch(_ chosen: [Face]) throws -> DescribedBatches.Batch {
        DescribedBatches.Batch(
            pixels: try pixels(of: chosen), descriptions: descriptions(of: chosen), count: chosen.count)
    }
}
