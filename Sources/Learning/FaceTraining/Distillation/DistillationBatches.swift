import Datasets
import LikenessSupport
import Pixels
public import Training

/// Batches of altered faces: half of them any faces, each followed by another picture of the same person, if there is
/// one.
public struct DistillationBatches: BatchSource {
    /// A batch before it becomes tensors.
    public struct Batch: Sendable {
        /// `[batch, 112, 112, 3]`, red, green, blue.
        var pixels: [UInt8] = []
        /// `[batch, 128]`: what the student should give.
        var targets: [Float] = []
    }

    /// The number of faces in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let faces: DistillationFaces
    private let seed: UInt64
    private let positions: [Int]
    /// The positions of each person's faces.
    private let pictures: [Int: [Int]]

    init(_ faces: DistillationFaces, size: Int, examplesPerEpoch: Int, seed: UInt64) {
        (self.faces, self.seed) = (faces, seed)
        (examplesPerStep, stepsPerEpoch) = (size, max(examplesPerEpoch / size, 1))
        positions = Array(faces.rows.indices)
        pictures = Dictionary(grouping: faces.people.indices) { faces.people[$0] }
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        var generator = SeededGenerator(seed: seed).split(epoch * stepsPerEpoch + step)
        var batch = Batch()
        let dimension = faces.targets.dimension
        var last: Int?
        for _ in 0..<examplesPerStep {
            try Task.checkCancellation()
            let others = last.flatMap { last in pictures[faces.people[last]]?.filter { $0 != last } } ?? []
            guard let chosen = generator.element(of: others.isEmpty ? positions : others) else { break }
            last = last == nil ? chosen : nil
            batch.pixels += try StudentView.crop(
                of: faces.rows[chosen], in: faces.archive, seed: generator.next()
            ).pixels
            batch.targets += faces.targets.values[chosen * dimension..<(chosen + 1) * dimension]
        }
        return batch
    }
}

/// The faces that a student learns from.
struct DistillationFaces: Sendable {
    let archive: FaceArchive
    /// The places of the faces in the archive.
    let rows: [Int]
    /// The number of each face's person. An unlabeled face has a number of its own.
    let people: [Int]
    let targets: DistillationTargets
}
