import Faces
import Foundation
import LikenessSupport
import Networks
import Tensors
import Training

/// A task that trains a network of MTCNN's cascade: `mtcnn-p`, `mtcnn-r` or `mtcnn-o`.
///
/// Zhang et al., *Joint Face Detection and Alignment Using Multitask Cascaded Convolutional Networks*, 2016
/// (arXiv:1604.02878). The seed's folder gets the whole cascade as an installable model: the trained network, and the
/// other two of the cascade that the settings name. If `mtcnn-r` names the folder of `mtcnn-p`, and `mtcnn-o` that of
/// `mtcnn-r`, the last folder contains three trained networks.
struct CascadeTask<Network: CascadeStage>: RunnableTask {
    /// The data that all seeds share.
    struct Material: Sendable {
        let composer: SceneComposer
        /// Squares of photographs for validation.
        let validation: CascadeBatches.Batch
        let card: ModelCard
        /// The folder of the cascade.
        let folder: URL
    }

    /// The task's name in a configuration file.
    static var name: String { Network.taskName }
    /// A summary for the command's help.
    static var summary: String { Network.taskSummary }

    /// Batches of squares.
    let batches: CascadeBatches
    /// The network's values.
    let parameters: ParameterStore
    private let settings: CascadeSettings
    private let material: Material
    private let network: Network
    private let device: Device

    /// Opens the archives, splits the photographs, and cuts squares for validation out of some of them.
    static func prepare(
        _ settings: CascadeSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let (composer, split) = try settings.scenes.open(task: name, tell: tell)
        guard !split.validation.isEmpty else {
            throw FaceTrainingError.noPictures(task: name, part: "to measure with")
        }
        let other = try SceneComposer(
            archives: composer.archives, photographs: split.validation, faceless: composer.faceless,
            settings: composer.settings, task: name)
        let sampler = CascadeSampler(side: Network.side)
        var validation = CascadeBatches.Batch()
        for seed in 0..<settings.validationScenes {
            var numbers = SeededGenerator(seed: UInt64(seed))
            let scene = try other.scene(seed: numbers.next())
            for example in sampler.examples(in: scene, count: settings.squaresPerScene, using: &numbers) {
                validation.append(example)
            }
        }
        guard validation.targets.faces.contains(true), validation.targets.faces.contains(false) else {
            throw FaceTrainingError.noPictures(task: name, part: "to measure with")
        }
        let folder =
            try settings.cascade.isEmpty
            ? TrainingFolders.models("").appending(path: "mtcnn")
            : URL(filePath: settings.cascade, directoryHint: .isDirectory)
        return Material(
            composer: composer, validation: validation, card: try StageBuilder.card(folder), folder: folder)
    }

    /// Creates the network, and looks for hard examples with the networks before it.
    init(
        _ settings: CascadeSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material, device) = (settings, material, configuration.device)
        switch settings.start {
        case .published: parameters = try Self.stored(Network.self, in: material.folder, on: device)
        case .random: parameters = ParameterStore(seed: seed, on: device)
        }
        network = try Network(parameters.root, landmarks: true)
        if let stranger = parameters.unused.first { throw ParameterError.unknown(stranger) }
        let sampler = CascadeSampler(side: Network.side)
        let mined = try Self.mined(settings, material, sampler: sampler, seed: seed, on: device)
        batches = CascadeBatches(
            material.composer, sampler: sampler, mined: mined, settings: settings, batch: configuration.batch,
            seed: seed)
    }

    /// Returns the loss of equation 4 with the hardest examples.
    func loss(of batch: CascadeBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let outputs = outputs(of: batch, at: moment)
        let loss = CascadeLoss(Network.weights)(
            logits: outputs.logits, boxes: outputs.box, landmarks: outputs.landmarks, targets: batch.targets)
        return StepLoss(
            loss.total, terms: ["classification": loss.classification, "box": loss.box, "landmarks": loss.landmarks])
    }

    /// Measures the network on squares of photographs for validation, and writes the cascade.
    ///
    /// `faces` is the share of faces that are passed on, `others` that of squares without a face that are rejected, at
    /// the detector's threshold; `score` is their mean. `box` and `landmarks` are root mean squares of an edge's and a
    /// coordinate's error, in sides of the square.
    func validate(at moment: TrainingMoment) throws -> [String: Double] {
        try writeModel(to: moment.folder)
        let outputs = outputs(of: material.validation, at: moment), targets = material.validation.targets
        let scores = outputs.logits.softmax(1).floats
        func share(_ isFace: Bool) -> Double {
            let rows = targets.faces.indices.filter { targets.faces[$0] == isFace }
            let right = rows.count { (scores[$0 * 2 + 1] >= Network.threshold) == isFace }
            return Double(right) / Double(max(rows.count, 1))
        }
        var measures = ["faces": share(true), "others": share(false)]
        measures["score"] = (share(true) + share(false)) / 2
        measures["box"] = Self.error(outputs.box.floats, targets.boxes)
        measures["landmarks"] = outputs.landmarks.map { Self.error($0.floats, targets.landmarks) }
        return measures
    }

    /// Writes the cascade.
    func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        try writeModel(to: moment.folder)
        return ["parameters": Double(parameters.count), "minedSquares": Double(batches.minedCount)]
    }

    private func outputs(
        of batch: CascadeBatches.Batch, at moment: TrainingMoment
    ) -> (logits: Tensor, box: Tensor, landmarks: Tensor?) {
        let input = CascadeInput.tensor(batch.pixels, width: Network.side, height: Network.side, on: device)
        let rows = moment.mixed { network(input) }.rows
        return (rows.logits.to(.float32), rows.box.to(.float32), rows.landmarks?.to(.float32))
    }

    /// Returns the root of the mean squared difference, over the rows that have a target.
    private static func error(_ outputs: [Float], _ targets: [[Float]?]) -> Double {
        let squares = targets.enumerated().flatMap { row, target -> [Double] in
            (target ?? []).enumerated().map { place, value in
                pow(Double(outputs[row * (target?.count ?? 0) + place] - value), 2)
            }
        }
        return squares.isEmpty ? 0 : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
    }

    // MARK: The cascade

    /// Returns the values of a network in a cascade's folder; those of landmarks are new if the file has none.
    private static func stored<Stage: CascadeStage>(
        _ stage: Stage.Type, in folder: URL, on device: Device
    ) throws -> ParameterStore {
        let values = try ONNXWeights.read(folder.appending(path: Stage.file)), known = Set(values.keys)
        return ParameterStore(values, on: device) { !known.contains($0) && $0.hasPrefix(Stage.landmarkLayer) }
    }

    /// Returns what the networks before this one pass on; nothing for the first.
    private static func mined(
        _ settings: CascadeSettings, _ material: Material, sampler: CascadeSampler, seed: UInt64, on device: Device
    ) throws -> [CascadeExample] {
        guard Network.side > ProposalNetwork.side, settings.minedScenes > 0, settings.minedShare > 0 else { return [] }
        func network<Stage: CascadeStage>(_ stage: Stage.Type) throws -> Stage {
            try Stage(stored(stage, in: material.folder, on: device).root, landmarks: false)
        }
        let miner = CascadeMiner(
            try network(ProposalNetwork.self),
            Network.side > RefinementNetwork.side ? try network(RefinementNetwork.self) : nil, device: device)
        // Other scenes than those of the steps.
        var numbers = SeededGenerator(seed: seed).split(-1)
        return try withoutGradients {
            try (0..<settings.minedScenes).flatMap { _ in
                miner.examples(in: try material.composer.scene(seed: numbers.next()), sampler: sampler)
            }
        }
    }

    /// Writes the cascade with the trained network.
    private func writeModel(to folder: URL) throws {
        var networks: [String: Data] = [:]
        for weights in material.card.weights {
            networks[weights.file] =
                weights.file == Network.file
                ? network.graph(parameters).serialized(name: Network.taskName)
                : try Data(contentsOf: material.folder.appending(path: weights.file))
        }
        try TrainedDetector.write(
            networks, card: material.card, name: "mtcnn-trained", trained: Network.file, start: settings.start,
            scenes: settings.scenes,
            to: folder)
    }
}
