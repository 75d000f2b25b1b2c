import Augmentation
import LikenessSupport
public import Training

/// Faces with their descriptions.
public struct DescribedBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// `[batch, side, side, 3]`.
        var pixels: [UInt8]
        /// One row for each face.
        var descriptions: [Float]
        var count: Int
    }

    /// The faces of a step.
    public let examplesPerStep: Int
    /// The steps in which every face comes once.
    public let stepsPerEpoch: Int
    private let faces: DescribedFaces
    private let seed: UInt64

    init(_ faces: DescribedFaces, size: Int, seed: UInt64) {
        (self.faces, self.seed, examplesPerStep) = (faces, seed, size)
        stepsPerEpoch = max(faces.training.count / size, 1)
    }

    /// Drawn as this place in the run says.
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
    /// What is known of some faces.
    func batch(_ chosen: [Face]) throws -> DescribedBatches.Batch {
        DescribedBatches.Batch(
            pixels: try pixels(of: chosen), descriptions: descriptions(of: chosen), count: chosen.count)
    }
}
