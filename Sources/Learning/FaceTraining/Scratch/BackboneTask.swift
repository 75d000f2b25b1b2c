import Faces
import Networks
public import Tensors
public import Training

/// A task that trains one of the baselines of Karamizadeh et al. (Technologies 13:450, 2025) and of the DS-AEAN paper
/// (Scientific Reports 15:17594, 2025) from random weights.
///
/// All networks see the same crops in the same order and have the same losses and measures. Only the network differs.
public struct BackboneTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "backbone"
    /// A summary for the command's help.
    public static let summary =
        "Trains a network that the papers compare with, from random weights: "
        + BackboneKind.allCases.map(\.rawValue).joined(separator: ", ")

    /// Batches of crops, balanced over people.
    public let batches: CropBatches
    /// All values of the network and of the head over the people.
    public let parameters: ParameterStore
    private let settings: BackboneSettings
    private let cache: CropCache
    private let network: any Backbone
    private let head: (any ClassificationHead)?
    private let device: Device
    /// The fold that is excluded from training; `nil` for none.
    private let tested: Int?

    /// The data that all seeds share.
    public struct Material: Sendable { let cache: CropCache }

    /// Opens the cache of crops, or creates it.
    public static func prepare(
        _ settings: BackboneSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let template = AlignmentTemplate.arcface(size: settings.side)
        return Material(cache: try await CropCache.open(settings.pictures, template: template, tell: tell))
    }

    /// Creates the network.
    public init(
        _ settings: BackboneSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, cache, device) = (settings, material.cache, configuration.device)
        parameters = ParameterStore(seed: seed, on: device)
        network = try settings.network.make(
            parameters.root["network"], side: settings.side, dimension: Self.dimension, dropout: settings.dropout)
        let folds = settings.pictures.folds
        tested = folds == 0 ? nil : settings.fold ?? Int((seed % UInt64(folds) + UInt64(folds) - 1) % UInt64(folds))
        head =
            settings.classification > 0
            ? try settings.head.make(
                parameters.root["people"], dimension: Self.dimension, classes: cache.index.trainingPeople.count,
                scale: settings.scale, margin: settings.margin) : nil
        batches = CropBatches(
            cache, keeping: tested, size: configuration.batch, rowsPerPerson: settings.rowsPerPerson, seed: seed)
    }

    private static let dimension = 128

    /// Returns the weighted losses of a batch.
    public func loss(of batch: CropBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let embeddings = moment.mixed { network(mirrored(pictures(batch.pixels), batch.mirrored), training: true) }
            .to(.float32).normalized()
        var parts: [Tensor] = []
        var terms: [String: Tensor] = [:]
        if let head {
            let result = head.loss(embeddings, labels: Tensor(batch.labels, on: device))
            parts.append(result.loss * settings.classification)
            (terms["classification"], terms["accuracy"]) = (result.loss, result.accuracy)
        }
        if settings.triplet > 0 {
            let result = TripletLoss(margin: 0.2)(embeddings, labels: batch.labels, mining: settings.miner)
            parts.append(result.loss * settings.triplet)
            terms["triplet"] = result.loss
        }
        guard let first = parts.first else {
            preconditionFailure("all losses have weight 0, which the settings do not allow")
        }
        return StepLoss(parts.dropFirst().reduce(first) { $0 + $1 }, terms: terms)
    }

    private func pictures(_ pixels: [UInt8]) -> Tensor {
        CropTensor.pictures(pixels, side: settings.side, on: device)
    }

    private func mirrored(_ x: Tensor, _ isMirrored: [Bool]) -> Tensor {
        let share = Tensor(isMirrored.map { $0 ? 1 : 0 }, shape: [isMirrored.count, 1, 1, 1], on: device)
        return (x + share * (x.flipped(3) - x)).channelsLast
    }

    // MARK: Measures

    /// Measures the network. If a fold was excluded from training, this is the classification of its pictures, bare and
    /// masked. Otherwise these are the error rates of held-out people, bare and masked, at one threshold, and the
    /// identification of their masked faces.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        if tested != nil {
            var measures = try closedSet("closedBare", .plain, moment).filter { $0.key == "closedBareAccuracy" }
            measures["closedAccuracy"] = try closedSet("closed", .masked, moment)["closedAccuracy"]
            return measures
        }
        let bare = faces(.plain, moment), masked = faces(.masked, moment)
        var measures = HeldOutMeasures.measures(bare: bare, masked: masked)
        measures["accuracy"] = MaskedIdentification.rankOne(bare: bare, masked: masked).accuracy
        return measures
    }

    /// Measures masks of designs that are reserved for tests, and counts the network's values.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        var measures = try TestedFaces.figures(bare: faces(.plain, moment), unseen: faces(.unseen, moment))
        measures.merge(try closedSet("closedBare", .plain, moment)) { $1 }
        measures.merge(try closedSet("closedUnseen", .unseen, moment)) { $1 }
        let values = parameters.entries.filter { !$0.isBuffer && $0.name.hasPrefix("network.") }
        measures["parameters"] = Double(values.reduce(0) { $0 + $1.tensor.count })
        return measures
    }

    private func faces(_ kind: StageSample.Kind, _ moment: TrainingMoment) -> (Tensor, [HeldOutMeasures.Face]) {
        let rows = cache.indices { $0.isHeldOut && $0.kind == kind }
        return (embeddings(of: rows, moment), cache.faces(rows))
    }

    /// Returns nothing if there are no classes or no fold was excluded from training.
    private func closedSet(
        _ name: String, _ kind: StageSample.Kind, _ moment: TrainingMoment
    ) throws -> [String: Double] {
        guard let tested, let head else { return [:] }
        let rows = cache.indices { !$0.isHeldOut && $0.kind == kind && $0.fold == tested }
        return try ClosedSet.figures(
            name, logits: head.logits(embeddings(of: rows, moment)), people: rows.map { cache.index.samples[$0].person }
        )
    }

    /// Returns the embeddings, of length 1, `[rows, dimension]`.
    private func embeddings(of rows: [Int], _ moment: TrainingMoment) -> Tensor {
        let parts = stride(from: 0, to: rows.count, by: 64).map { start -> Tensor in
            let part = Array(rows[start..<min(start + 64, rows.count)])
            return moment.mixed { network(pictures(cache.pixels(of: part)), training: false) }.to(.float32)
                .normalized()
        }
        return Tensor.concatenated(parts, axis: 0)
    }
}
