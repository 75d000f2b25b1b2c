import Datasets
import Faces
import Foundation
import Networks
import Pixels
public import Tensors
public import Training

/// A task that trains SFace on to embed altered faces as several teachers embed the unaltered ones (knowledge
/// distillation: Hinton et al., 2015, arXiv:1503.02531).
///
/// The averaged weights are measured and exported. The seed's folder gets an installable model, `model.onnx` and
/// `card.json`, and `held-out.csv`, the list of all pictures of the held-out people.
public struct DistillationTask: RunnableTask {
    /// The data that all seeds share.
    public struct Material: Sendable {
        let faces: DistillationFaces
        let heldOut: HeldOutViews
        let heldOutPeople: [String]
        let card: ModelCard
        /// The file of the weights from which training starts.
        let weights: URL
    }

    /// The task's name in a configuration file.
    public static let name = "distillation"
    /// A summary for the command's help.
    public static let summary =
        "Embeds faces: SFace, trained to embed masked, dark, small and blurred faces as other networks embed the "
        + "unaltered ones."

    /// Batches of altered faces.
    public let batches: DistillationBatches
    /// The values of the network and their averages.
    public let parameters: ParameterStore
    private let settings: DistillationSettings
    private let material: Material
    private let network: SFaceNetwork
    private let averaged: SFaceNetwork
    private let average: MovingAverage
    private let first: [String: Tensor]
    private let device: Device

    private static let learned = "network", kept = "average"

    /// Opens the archives, and embeds the faces with the teachers if that has not been done before.
    public static func prepare(
        _ settings: DistillationSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        var archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        if !settings.unlabelled.isEmpty {
            archive = try archive.joined(with: FaceArchive(contentsOf: URL(filePath: settings.unlabelled)))
        }
        let split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        let numbers = Dictionary(uniqueKeysWithValues: split.training.enumerated().map { ($1, $0) })
        let heldOut = Set(split.validation)
        let rows = archive.entries.indices.filter { row in
            archive.entries[row].identity.map { !heldOut.contains($0) } ?? true
        }
        let people = rows.map { row in archive.entries[row].identity.flatMap { numbers[$0] } ?? numbers.count + row }
        try PeopleNeeded.check(
            task: name, trained: Set(people).count,
            heldOut: split.validation.map { archive.indices(of: [$0]).count }, place: settings.archive)
        var teachers: [(TeacherEmbeddings, weight: Double)] = []
        for teacher in settings.teachers {
            let embeddings = try await TeacherEmbeddings.open(archive, rows: rows, teacher, settings, tell: tell)
            teachers.append((embeddings, teacher.weight))
        }
        let start = try await TeacherEmbeddings.open(
            archive, rows: rows, DistillationSettings.Teacher(settings.start), settings, tell: tell)
        guard start.dimension == SFaceNetwork.dimension else { throw FaceTrainingError.notATeacher(settings.start) }
        tell("joining the embeddings of \(teachers.count) teachers")
        let folder = try TrainingFolders.models(settings.models).appending(path: settings.start)
        return Material(
            faces: DistillationFaces(
                archive: archive, rows: rows, people: people,
                targets: DistillationTargets(
                    teachers: teachers, start: start, people: people, center: Float(settings.center))),
            heldOut: try await HeldOutViews(archive, split.validation, pictures: settings.heldOutPictures),
            heldOutPeople: split.validation, card: try StageBuilder.card(folder),
            weights: folder.appending(path: "model.onnx"))
    }

    /// Creates the network with the weights of the start, and the batches to train it on.
    public init(
        _ settings: DistillationSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material, device) = (settings, material, configuration.device)
        batches = DistillationBatches(
            material.faces, size: configuration.batch, examplesPerEpoch: settings.examplesPerEpoch, seed: seed)
        let first = try SFaceNetwork.pretrained(ONNXWeights.read(material.weights))
        self.first = first
        let trained = try Self.mean(of: settings.runs.map { URL(filePath: $0) })
        guard trained.isEmpty || Set(trained.keys) == Set(first.keys) else {
            throw FaceTrainingError.noNetwork(settings.runs[0], reason: "its network has other parts")
        }
        let both = [Self.learned, Self.kept].flatMap { name in
            first.merging(trained) { $1 }.map { ("\(name).\($0)", $1) }
        }
        parameters = ParameterStore(Dictionary(uniqueKeysWithValues: both), on: device)
        network = try SFaceNetwork(parameters.root[Self.learned], frozenUnits: settings.frozenUnits)
        averaged = try SFaceNetwork(parameters.root[Self.kept])
        if let stranger = parameters.unused.first { throw ParameterError.unknown(stranger) }
        let frozen = (0..<settings.frozenUnits).map { "\(Self.learned).units.\($0)." }
        parameters.freeze { name in name.hasPrefix("\(Self.kept).") || frozen.contains { name.hasPrefix($0) } }
        average = MovingAverage(parameters, from: Self.learned, to: Self.kept, decay: settings.averageDecay)
    }

    /// Returns the mean of the averaged weights of finished runs; nothing if there are none.
    private static func mean(of folders: [URL]) throws -> [String: Tensor] {
        var sum: [String: Tensor] = [:]
        for folder in folders {
            let file = folder.appending(path: "weights.safetensors")
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw FaceTrainingError.noNetwork(folder.path, reason: "there is no \(file.lastPathComponent)")
            }
            let values = try SafeTensors(contentsOf: file).tensors.compactMap { name, value -> (String, Tensor)? in
                name.hasPrefix("\(kept).") ? (String(name.dropFirst(kept.count + 1)), value) : nil
            }
            guard sum.isEmpty || Set(sum.keys) == Set(values.map(\.0)),
                values.allSatisfy({ sum[$0]?.shape ?? $1.shape == $1.shape })
            else { throw FaceTrainingError.noNetwork(folder.path, reason: "its network has other parts") }
            sum.merge(Dictionary(uniqueKeysWithValues: values)) { $0 + $1 }
        }
        return sum.mapValues { $0 / Double(folders.count) }
    }

    /// Returns the loss over embeddings plus that over similarities.
    public func loss(of batch: DistillationBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        average.update(step: moment.step)
        let crops = Self.crops(batch.pixels, on: device)
        let embeddings = moment.mixed { network(crops) }.to(.float32)
        let targets = Tensor(batch.targets, shape: embeddings.shape, on: device)
        let distance = EmbeddingDistillation.cosine(embeddings, teacher: targets)
        let relations = SimilarityDistillation()(embeddings, teacher: targets)
        return StepLoss(
            distance + relations * settings.relations, terms: ["embedding": distance, "relations": relations])
    }

    /// Converts crops from bytes to what the network expects.
    private static func crops(_ pixels: [UInt8], on device: Device) -> Tensor {
        // From −1...1 over 127.5 to over 128.
        CropTensor.pictures(pixels, side: SFaceNetwork.side, on: device) * (SFaceNetwork.middle / SFaceNetwork.range)
    }

    // MARK: Held-out people

    /// Measures the held-out people (``HeldOutViews/measures(of:embed:)``), without the masks that are reserved for tests.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        material.heldOut.measures(of: StudentView.Condition.allCases.filter { $0 != .unseen }) { pixels in
            moment.mixed { averaged(Self.crops(pixels, on: device)) }.to(.float32)
        }
    }

    /// Measures the network that is exported, also with masks that are reserved for tests, and writes the model.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        try HeldOutPictures.write(
            of: material.heldOutPeople, in: settings.archive, to: moment.folder.appending(path: "held-out.csv"))
        let (network, store) = try exported()
        let measures = material.heldOut.measures(of: StudentView.Condition.allCases) { pixels in
            network(Self.crops(pixels, on: device))
        }
        try DistilledModel.write(
            network.graph(store), start: material.card, settings: settings, to: moment.folder)
        return Dictionary(uniqueKeysWithValues: measures.map { name, value in ("exported.\(name)", value) })
    }

    /// The number of training faces over which the center is computed, and of those in one pass.
    private static let centering = (faces: 2048, batch: 64)

    /// Returns the averaged network, mixed with the first one and centered, and its values.
    private func exported() throws -> (network: SFaceNetwork, store: ParameterStore) {
        var values = mixed()
        let plain = try SFaceNetwork(ParameterStore(values, on: device).root)
        values["center"] = try center(of: plain)
        let store = ParameterStore(values, on: device)
        return (try SFaceNetwork(store.root, isCentered: true), store)
    }

    /// Returns the mean embedding of unaltered training faces, spread evenly over all of them.
    private func center(of network: SFaceNetwork) throws -> Tensor {
        let (rows, archive) = (material.faces.rows, material.faces.archive)
        let count = min(rows.count, Self.centering.faces)
        let chosen = (0..<count).map { rows[$0 * rows.count / count] }
        let sums = try stride(from: 0, to: count, by: Self.centering.batch).map { start in
            let batch = chosen[start..<min(start + Self.centering.batch, count)]
            let pixels = try batch.flatMap { try StudentView.Condition.plain.crop(of: $0, in: archive).pixels }
            return withoutGradients {
                network(Self.crops(pixels, on: device)).normalized().sum(0, keepingAxes: true)
            }
        }
        return Tensor.concatenated(sums, axis: 0).sum(0, keepingAxes: true) / Double(count)
    }

    /// Returns the values of the averaged network, mixed with those of the first one.
    private func mixed() -> [String: Tensor] {
        let prefix = "\(Self.kept)."
        let values = parameters.dictionary.compactMap { name, value -> (String, Tensor)? in
            guard name.hasPrefix(prefix) else { return nil }
            let name = String(name.dropFirst(prefix.count))
            guard settings.startShare > 0, let old = first[name] else { return (name, value) }
            return (name, value * (1 - settings.startShare) + old.to(on: device) * settings.startShare)
        }
        return Dictionary(uniqueKeysWithValues: values)
    }
}
