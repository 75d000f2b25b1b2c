import Evaluation
import Faces
import Foundation
import Networks
public import Tensors
public import Training

/// A task that trains the network for the quality of faces: how well a face's embedding will agree with other pictures
/// of the person, estimated from the aligned crop alone.
///
/// It learns from altered crops of people with several pictures each; ``FaceAgreement`` defines what it predicts. One in
/// ten of the training people choose the epoch. The seed's folder gets `model.onnx` and `held-out.csv`, the list of all
/// pictures of the held-out people for `likeness evaluate quality`.
public struct FaceQualityTask: RunnableTask {
    /// The task's settings in a configuration file.
    public struct Settings: ConfigurationSection, Hashable {
        /// The pictures and their alterations.
        public var pictures = Self.defaultPictures
        /// The folder of models; empty for the installation's folder. SFace makes the embeddings.
        public var models = ""
        /// The inference engine's folder; empty for the installation's folder.
        public var engine = ""
        /// The weight of the agreement with copies of the same picture, compared with that with the person's other
        /// pictures, 0...1.
        public var stability = 0.25
        /// The number of crops in an epoch.
        public var examplesPerEpoch = 16_384
        /// The dropout rate of the last features.
        public var dropout = 0.1

        /// Creates the default settings.
        public init() {}

        private static var defaultPictures: CropSettings {
            var pictures = CropSettings()
            (pictures.archive, pictures.picturesPerPerson) = (".data/people.archive", 24)
            (pictures.heldOut, pictures.altered, pictures.covered, pictures.degraded) = (0.15, 1, 0, 2)
            return pictures
        }

        /// Throws an error if a value is out of range.
        public func check(_ fields: FieldChecks) throws {
            try pictures.checkChoice(fields["pictures"])
            try fields["stability"].expect(stability, in: 0...1)
            try fields["examplesPerEpoch"].expect(examplesPerEpoch, in: 1...1_000_000_000)
            try fields["dropout"].expect(dropout, in: 0...0.9)
        }
    }

    /// The crops and what the network learns of each.
    public struct Material: Sendable {
        let cache: CropCache
        let agreement: FaceAgreement
    }

    /// The task's name in a configuration file.
    public static let name = "face-quality"
    /// A summary for the command's help.
    public static let summary = "Estimates from a face's crop how usable it is for recognition."

    /// Batches of crops.
    public let batches: QualityBatches
    /// The network's values.
    public let parameters: ParameterStore
    private let material: Material
    private let network: FaceQualityNetwork
    private let device: Device
    private let validation: [Int]

    /// The alignment of the crops. It is that of SFace and of the context's measurements.
    static let template = AlignmentTemplate.arcface(size: FaceQualityNetwork.side)

    /// Of so many training people, one chooses the epoch.
    private static let validationShare = 10

    /// Cuts the crops and embeds them, or opens those that were kept.
    public static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let cache = try await CropCache.open(settings.pictures, template: template, task: name, tell: tell)
        let embeddings = try await FaceAgreement.embeddings(of: cache, settings, tell: tell)
        let agreement = FaceAgreement(
            samples: cache.index.samples, embeddings: embeddings, stability: Float(settings.stability))
        return Material(cache: cache, agreement: agreement)
    }

    /// Creates a new network and the batches to train it on.
    public init(_ settings: Settings, _ material: Material, configuration: RunConfiguration, seed: UInt64) throws {
        (self.material, device) = (material, configuration.device)
        func isValidation(_ sample: StageSample) -> Bool {
            sample.person.isMultiple(of: Self.validationShare)
        }
        validation = material.cache.indices { !$0.isHeldOut && isValidation($0) }
        let training = material.cache.indices { !$0.isHeldOut && !isValidation($0) }
        for (part, rows) in [("for training", training), ("for choosing the epoch", validation)] where rows.isEmpty {
            throw FaceTrainingError.noPictures(task: Self.name, part: part)
        }
        batches = QualityBatches(
            material.cache, rows: training, agreements: material.agreement.values, size: configuration.batch,
            examplesPerEpoch: settings.examplesPerEpoch, seed: seed)
        parameters = ParameterStore(seed: seed, on: configuration.device)
        network = try FaceQualityNetwork(parameters.root, dropout: settings.dropout)
    }

    /// Returns the mean squared difference between quality and agreement.
    public func loss(of batch: QualityBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let pictures = CropTensor.pictures(batch.pixels, side: FaceQualityNetwork.side, on: device)
        let isMirrored = Tensor(
            batch.mirrored.map { $0 ? 1 : 0 }, shape: [batch.mirrored.count, 1, 1, 1], on: device)
        let shown = (pictures + isMirrored * (pictures.flipped(3) - pictures)).channelsLast
        let qualities = sigmoid(moment.mixed { network(shown, training: true) }.to(.float32))
        let agreements = Tensor(batch.agreements, shape: [batch.agreements.count, 1], on: device)
        let difference = qualities - agreements
        return StepLoss((difference * difference).mean())
    }

    /// Measures the training people that choose the epoch: `loss`, `error` and `correlation` (``figures``).
    public func validate(at moment: TrainingMoment) throws -> [String: Double] { try figures(of: validation, moment) }

    /// Measures the held-out people and exports the network.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        try export(to: moment.folder.appending(path: "model.onnx"))
        let index = material.cache.index
        try HeldOutPictures.write(
            of: index.heldOutPeople, in: index.settings.archive, to: moment.folder.appending(path: "held-out.csv"))
        var measures: [String: Double] = [:]
        for kind in [StageSample.Kind.plain, .degraded, .unseen] {
            let rows = material.cache.indices { $0.isHeldOut && $0.kind == kind }
            guard rows.count > 1 else { continue }
            for (name, value) in try figures(of: rows, moment) { measures["test.\(name).\(kind.rawValue)"] = value }
        }
        return measures
    }

    /// Returns the mean squared difference between quality and agreement (`loss`), the mean absolute one (`error`), and
    /// the correlation of their ranks (`correlation`; Spearman, 1904).
    private func figures(of rows: [Int], _ moment: TrainingMoment) throws -> [String: Double] {
        let size = 128
        var qualities: [Float] = []
        for start in stride(from: 0, to: rows.count, by: size) {
            let pixels = material.cache.pixels(of: Array(rows[start..<min(start + size, rows.count)]))
            let input = CropTensor.pictures(pixels, side: FaceQualityNetwork.side, on: device)
            qualities += sigmoid(moment.mixed { network(input, training: false) }.to(.float32)).floats
        }
        let agreements = rows.map { material.agreement.values[$0] }
        let differences = zip(qualities, agreements).map { Double($0 - $1) }
        let count = Double(max(differences.count, 1))
        return [
            "loss": differences.reduce(0) { $0 + $1 * $1 } / count,
            "error": differences.reduce(0) { $0 + abs($1) } / count,
            "correlation": rankCorrelation(qualities, agreements) ?? 0,
        ]
    }

    private func export(to file: URL) throws {
        let side = FaceQualityNetwork.side
        let graph = ONNXGraph(inputs: [("input", [1, 3, side, side])], outputs: ["quality"], parameters: parameters) {
            [sigmoid(network($0[0], training: false))]
        }
        try graph.serialized(name: Self.name, metadata: [:]).write(to: file)
    }
}
