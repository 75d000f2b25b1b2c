import Datasets
import Faces
import Foundation
import LikenessSupport
import Networks
import Pixels
public import Tensors
public import Training

/// A task that trains YuNet on composed scenes.
///
/// The averaged weights are measured and exported. The best ones are chosen on an eighth of the photographs; the held-out
/// photographs are only measured, at the end. At each validation, the seed's folder gets an installable model:
/// `model.onnx` and `card.json`.
public struct YuNetTask: RunnableTask {
    /// The data that all seeds share.
    public struct Material: Sendable {
        let composer: SceneComposer
        let validation: [BoxedPicture]
        let heldOut: [BoxedPicture]
        let card: ModelCard
        /// The file of the weights from which training starts.
        let weights: URL
        /// The file of the weights that are mixed with the trained ones.
        let published: URL
    }

    /// The task's name in a configuration file.
    public static let name = "yunet"
    /// A summary for the command's help.
    public static let summary = "Finds faces: the default detector, trained on composed scenes."

    /// Batches of scenes.
    public let batches: SceneBatches
    /// The values of the network and their averages.
    public let parameters: ParameterStore
    private let settings: DetectorSettings
    private let material: Material
    private let network: YuNet
    private let average: MovingAverage
    /// The published weights, if they are mixed with the trained ones.
    private let published: [String: Tensor]
    private let normalization: Normalization
    private let device: Device
    private let places: DetectionPlaces

    private static let learned = "network", kept = "average"

    /// Opens the archives and splits the photographs.
    public static func prepare(
        _ settings: DetectorSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let (composer, split) = try settings.scenes.open(task: name, tell: tell)
        guard split.validation.contains(where: { !$0.boxes.isEmpty }) else {
            throw FaceTrainingError.noPictures(task: name, part: "to measure with")
        }
        let folder = try TrainingFolders.models(settings.models).appending(path: "yunet")
        let published = try settings.publishedShare == 0 ? folder : TrainingFolders.models("").appending(path: "yunet")
        return Material(
            composer: composer, validation: split.validation, heldOut: split.heldOut,
            card: try StageBuilder.card(folder), weights: folder.appending(path: "model.onnx"),
            published: published.appending(path: "model.onnx"))
    }

    /// Creates the network and the batches to train it on.
    public init(
        _ settings: DetectorSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material, device) = (settings, material, configuration.device)
        batches = SceneBatches(
            material.composer, batch: configuration.batch, scenesPerEpoch: settings.scenesPerEpoch, seed: seed)
        switch settings.start {
        case .published:
            let values = try YuNet.pretrained(ONNXWeights.read(material.weights))
            // Both networks start with the same values.
            let both = [Self.learned, Self.kept].flatMap { name in values.map { ("\(name).\($0)", $1) } }
            parameters = ParameterStore(Dictionary(uniqueKeysWithValues: both), on: device)
            normalization = .folded
        case .random:
            parameters = ParameterStore(seed: seed, on: device)
            normalization = .batch
        }
        published =
            settings.publishedShare == 0 ? [:] : try YuNet.pretrained(ONNXWeights.read(material.published))
        network = try YuNet(parameters.root[Self.learned], normalization)
        _ = try YuNet(parameters.root[Self.kept], normalization)
        if let stranger = parameters.unused.first { throw ParameterError.unknown(stranger) }
        parameters.freeze { $0.hasPrefix("\(Self.kept).") }
        average = MovingAverage(parameters, from: Self.learned, to: Self.kept, decay: settings.averageDecay)
        places = DetectionPlaces(width: settings.scenes.side, height: settings.scenes.side, strides: YuNet.strides)
    }

    /// Returns the published loss of the scenes, with the settings' weight of the landmarks.
    public func loss(of batch: SceneBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        average.update(step: moment.step)
        let input = YuNetLook.input(batch.pixels, width: settings.scenes.side, height: settings.scenes.side, on: device)
        let outputs = moment.mixed { network(input, training: true) }
        var sum = DenseDetectionLoss()
        sum.weights.landmarks = settings.landmarkWeight
        let loss = sum(
            DenseDetectionLoss.Outputs(
                classes: outputs.classes.to(.float32), objectness: outputs.objectness.to(.float32),
                boxes: outputs.boxes.to(.float32), landmarks: outputs.landmarks.to(.float32)),
            places: places, targets: batch.targets)
        return StepLoss(
            loss.total,
            terms: [
                "classification": loss.classification, "objectness": loss.objectness, "box": loss.box,
                "landmarks": loss.landmarks,
            ])
    }

    /// Measures the averaged network on the photographs for validation, and writes it as a model.
    ///
    /// `score` is the mean of the recalls as photographs are and enlarged.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        try writeModel(to: moment.folder)
        try writeSheet(to: moment.folder)
        let network = try exported().network
        let plain = try measured(network, on: material.validation, enlarged: 1)
        let enlarged = try measured(network, on: material.validation, enlarged: Self.enlargement)
        var measures = plain.figures
        measures["enlarged"] = enlarged.figures["recall"]
        measures["score"] = ((plain.figures["recall"] ?? 0) + (enlarged.figures["recall"] ?? 0)) / 2
        return measures
    }

    /// Measures the held-out photographs, and exports the averaged network with its card.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let count = try writeModel(to: moment.folder)
        guard !material.heldOut.isEmpty else { return ["parameters": Double(count)] }
        let network = try exported().network
        let plain = try measured(network, on: material.heldOut, enlarged: 1).figures
        let enlarged = try measured(network, on: material.heldOut, enlarged: Self.enlargement).figures
        var measures = Dictionary(uniqueKeysWithValues: plain.map { ("heldOut.\($0)", $1) })
        measures.merge(enlarged.map { ("heldOut.enlarged.\($0)", $1) }) { $1 }
        measures["parameters"] = Double(count)
        return measures
    }

    /// The scale of the second measurement: small faces are found in enlarged pictures.
    private static let enlargement: Float = 2

    private func measured(
        _ network: YuNet, on pictures: [BoxedPicture], enlarged scale: Float
    ) throws -> DetectionMeasure {
        var measure = DetectionMeasure()
        for picture in pictures {
            let image = try Image(contentsOf: picture.file)
            measure.add(YuNetLook(network, device: device).found(in: image, enlarged: scale), faces: picture.boxes)
        }
        return measure
    }

    /// Writes a sheet of scenes, so that people can see what the network learns from.
    private func writeSheet(to folder: URL) throws {
        let file = folder.appending(path: "scenes.jpg")
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        try SceneSheet.image(of: material.composer, seed: 1).write(to: file)
    }

    /// Returns the averaged network, mixed with the published one, and its values.
    private func exported() throws -> (network: YuNet, store: ParameterStore) {
        let prefix = "\(Self.kept)."
        let values = try parameters.dictionary.compactMap { name, value -> (String, Tensor)? in
            guard name.hasPrefix(prefix) else { return nil }
            let name = String(name.dropFirst(prefix.count))
            guard settings.publishedShare > 0 else { return (name, value) }
            guard let published = published[name], published.shape == value.shape else {
                throw ParameterError.missing(name, shape: value.shape)
            }
            return (name, value * (1 - settings.publishedShare) + published.to(on: device) * settings.publishedShare)
        }
        let store = ParameterStore(Dictionary(uniqueKeysWithValues: values), on: device)
        return (try YuNet(store.root, normalization), store)
    }

    /// Writes the exported network as a model.
    ///
    /// - Returns: The number of its parameters.
    @discardableResult
    private func writeModel(to folder: URL) throws -> Int {
        let (network, store) = try exported()
        let data = network.graph(store).serialized(name: Self.name)
        try TrainedDetector.write(
            ["model.onnx": data], card: material.card, name: "yunet-trained", trained: "model.onnx",
            start: settings.start,
            scenes: settings.scenes, to: folder)
        return store.count
    }
}
