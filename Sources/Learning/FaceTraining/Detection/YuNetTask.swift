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
/// The file names of the photographs determine the split: a fifth is held out and measures the detector. The seed's
/// folder gets an installable model: `model.onnx` and `card.json`.
public struct YuNetTask: RunnableTask {
    /// The data that all seeds share.
    public struct Material: Sendable {
        let composer: SceneComposer
        let heldOut: [BoxedPicture]
        let card: ModelCard
        /// The file of the published weights.
        let weights: URL
    }

    /// The task's name in a configuration file.
    public static let name = "yunet"
    /// A summary for the command's help.
    public static let summary = "Finds faces: the default detector, trained on composed scenes."

    /// Batches of scenes.
    public let batches: SceneBatches
    /// The network's values.
    public let parameters: ParameterStore
    private let settings: DetectorSettings
    private let material: Material
    private let network: YuNet
    private let device: Device
    private let places: DetectionPlaces

    /// Opens the archives and splits the photographs.
    public static func prepare(
        _ settings: DetectorSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let archives = try settings.archives.map {
            try FaceArchive(contentsOf: URL(filePath: $0, directoryHint: .isDirectory))
        }
        let photographs = try BoxedPicture.pictures(
            in: URL(filePath: settings.photographs, directoryHint: .isDirectory))
        func isHeldOut(_ picture: BoxedPicture) -> Bool {
            MaskSplit.part(of: picture.file.lastPathComponent, of: 5) == 0
        }
        let heldOut = photographs.filter(isHeldOut)
        guard heldOut.contains(where: { !$0.boxes.isEmpty }) else {
            throw FaceTrainingError.noPictures(task: name, part: "to measure with")
        }
        let composer = try SceneComposer(
            archives: archives, photographs: photographs.filter { !isHeldOut($0) }, settings: settings.scenes,
            task: name)
        let folder = try TrainingFolders.models(settings.models).appending(path: "yunet")
        let card = try StageBuilder.card(folder)
        tell(
            "\(archives.reduce(0) { $0 + $1.count }) faces to paste, \(composer.photographs.count) photographs to train "
                + "on, \(heldOut.count) held out with \(heldOut.reduce(0) { $0 + $1.boxes.count }) faces")
        return Material(
            composer: composer, heldOut: heldOut, card: card, weights: folder.appending(path: "model.onnx"))
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
            parameters = ParameterStore(
                try YuNet.pretrained(ONNXWeights.read(material.weights)), on: configuration.device)
            network = try YuNet(parameters.root, .folded)
            if let stranger = parameters.unused.first { throw ParameterError.unknown(stranger) }
        case .random:
            parameters = ParameterStore(seed: seed, on: configuration.device)
            network = try YuNet(parameters.root, .batch)
        }
        places = DetectionPlaces(width: settings.side, height: settings.side, strides: YuNet.strides)
    }

    /// Returns the published loss of the scenes.
    public func loss(of batch: SceneBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let input = Self.input(batch.pixels, width: settings.side, height: settings.side, on: device)
        let outputs = moment.mixed { network(input, training: true) }
        let loss = DenseDetectionLoss()(
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

    /// Measures the share of the faces of held-out photographs that are found at one false box a picture.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        var all = DetectionMeasure(), large = DetectionMeasure()
        for picture in material.heldOut {
            let image = try Image(contentsOf: picture.file)
            let found = found(in: image)
            all.add(found, faces: picture.boxes)
            // Small faces count neither as missed nor, if found, as false.
            let small = picture.boxes.filter { max($0.width, $0.height) < Self.smallSide }
            large.add(
                found.filter { one in !small.contains { $0.overlap(with: one.box) >= DetectionMeasure.leastOverlap } },
                faces: picture.boxes.filter { max($0.width, $0.height) >= Self.smallSide })
        }
        return [
            "recall": all.recall(falseBoxesPerPicture: 1), "recallStrict": all.recall(falseBoxesPerPicture: 0.1),
            "recallOf20": large.recall(falseBoxesPerPicture: 1),
        ]
    }

    /// Exports the network with its card.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let data = network.graph(parameters).serialized(name: Self.name)
        var card = material.card
        card.name = "yunet-trained"
        let digest = try SHA256(of: data).hexadecimal
        card.version = String(digest.prefix(8))
        card.weights = [
            ModelCard.Weights(
                file: "model.onnx", sha256: digest, bytes: data.count,
                precisions: card.weights.first?.precisions ?? ["f32"])
        ]
        let from = settings.start == .published ? "the published weights" : "random weights"
        card.origin = ModelCard.Origin(status: .own, text: "Trained by this project from \(from).")
        card.source = nil
        card.trainingData =
            "Faces of \(settings.archives.joined(separator: ", ")) on photographs of \(settings.photographs)"
            + (settings.start == .published ? ", after \(material.card.trainingData)" : "")
        (card.license, card.licenseNote) = (
            "non-commercial research", "The photographs that it was trained on may be used for non-commercial research."
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
        try data.write(to: moment.folder.appending(path: "model.onnx"), options: .atomic)
        try encoder.encode(card).write(to: moment.folder.appending(path: "card.json"), options: .atomic)
        return ["parameters": Double(parameters.count)]
    }

    /// The longer side of a face that counts as large, in pixels.
    private static let smallSide: Float = 20
    /// The longest side at which photographs are measured.
    private static let longestSide = 640
    /// The least score of a box that is measured.
    private static let leastScore: Float = 0.02
    /// The greatest overlap of two boxes, as in the detector.
    private static let greatestOverlap: Float = 0.3

    /// Returns the boxes in a photograph, as the detector finds them at a longest side of 640 pixels.
    private func found(in image: Image) -> [DetectionMeasure.Found] {
        let scale = Float(Self.longestSide) / Float(max(image.width, image.height))
        let width = max(Int((Float(image.width) * scale).rounded()), 1)
        let height = max(Int((Float(image.height) * scale).rounded()), 1)
        let canvas = image.resized(width: width, height: height)
            .padded(right: (32 - width % 32) % 32, bottom: (32 - height % 32) % 32)
        let outputs = network(
            Self.input(canvas.pixels, width: canvas.width, height: canvas.height, on: device), training: false)
        let scores = (sigmoid(outputs.classes) * sigmoid(outputs.objectness)).to(.float32).floats
        let boxes = outputs.boxes.to(.float32).floats
        let places = DetectionPlaces(width: canvas.width, height: canvas.height, strides: YuNet.strides)
        return scores.indices.compactMap { place -> DetectionMeasure.Found? in
            let score = scores[place].squareRoot()
            guard score >= Self.leastScore else { return nil }
            let stride = places.stride[place] / scale
            let side = (exp(boxes[place * 4 + 2]) * stride, exp(boxes[place * 4 + 3]) * stride)
            guard side.0.isFinite, side.1.isFinite else { return nil }
            return DetectionMeasure.Found(
                box: Box(
                    x: places.x[place] / scale + boxes[place * 4] * stride - side.0 / 2,
                    y: places.y[place] / scale + boxes[place * 4 + 1] * stride - side.1 / 2, width: side.0,
                    height: side.1), score: score)
        }.suppressed(threshold: Self.greatestOverlap)
    }

    /// Converts pictures to `[count, 3, height, width]`: blue, green, red, 0 to 255.
    private static func input(_ pixels: [UInt8], width: Int, height: Int, on device: Device) -> Tensor {
        let count = pixels.count / (3 * width * height)
        return Tensor(bytes: pixels, shape: [count, height, width, 3], on: device).to(.float32)
            .permuted([0, 3, 1, 2]).flipped(1).channelsLast
    }
}
