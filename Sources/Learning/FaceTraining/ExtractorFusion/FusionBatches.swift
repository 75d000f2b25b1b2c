import Datasets
import LikenessSupport
public import Training

/// Batches of faces of the training people, unaltered and altered, with several of each person.
public struct FusionBatches: BatchSource {
    /// The rows of a batch.
    public struct Batch: Sendable { let rows: [Int] }

    /// The number of faces in a batch.
    public let examplesPerStep: Int
    /// The number of batches in an epoch.
    public let stepsPerEpoch: Int
    private let rows: [Int]
    private let dealer: EpochDealer

    init(_ features: FusionFeatures, _ settings: ExtractorFusionSettings, size: Int, seed: UInt64) {
        let rows = features.rows.indices.filter {
            if case .training = features.rows[$0].view { true } else { false }
        }
        let sampler = BalancedBatches(
            labels: rows.map { features.rows[$0].person }, peoplePerBatch: max(1, size / settings.rowsPerPerson),
            picturesPerPerson: settings.rowsPerPerson, seed: seed)
        self.rows = rows
        dealer = EpochDealer(sampler)
        examplesPerStep = sampler.peoplePerBatch * settings.rowsPerPerson
        stepsPerEpoch = settings.stepsPerEpoch
    }

    /// Returns the batch of this step. It depends only on epoch and step.
    public func batch(epoch: Int, step: Int) async throws -> Batch {
        // A pass over the people may have fewer batches than an epoch has steps.
        let place = epoch * stepsPerEpoch + step
        let perPass = max(dealer.batches(of: 0).count, 1)
        let batches = dealer.batches(of: place / perPass)
        return Batch(rows: batches[place % perPass % max(batches.count, 1)].map { rows[$0] })
    }
}
