import Datasets
import Faces
import Foundation
import Networks
import Pixels
import Recognition
public import Tensors
public import Training

/// A task that trains the mask classifier on aligned crops.
///
/// Each seed holds out another part of the sources (seed modulo `folds`), so that a run with as many seeds as folds
/// measures every picture once.
public struct MaskClassifierTask: RunnableTask {
    /// The task's settings in a configuration file.
    public struct Settings: ConfigurationSection, Hashable {
        /// The folder with `mask`, `bare` and `badly_worn`.
        public var data = ".data/masks"
        /// Archives of bare faces, from `likeness pack`, for additional training pictures.
        public var archives: [String] = []
        /// The number of parts into which the sources are split: one is the test set, one decides when to stop.
        public var folds = 5
        /// The number of crops in an epoch.
        public var examplesPerEpoch = 4096
        /// The share of bare faces on which a mask of a training style is drawn.
        public var drawnShare = 0.2
        /// Label smoothing.
        public var smoothing = 0.05
        /// The dropout rate of the last features.
        public var dropout = 0.2

        /// Creates the default settings.
        public init() {}

        /// Throws an error if a value is out of range.
        public func check(_ fields: FieldChecks) throws {
            try fields["folds"].expect(folds, in: 3...100)
            try fields["examplesPerEpoch"].expect(examplesPerEpoch, in: 1...1_000_000_000)
            try fields["drawnShare"].expect(drawnShare, in: 0...1)
            try fields["smoothing"].expect(smoothing, in: 0...0.5)
            try fields["dropout"].expect(dropout, in: 0...0.9)
        }
    }

    /// The pictures with their faces.
    public struct Material: Sendable {
        let pictures: [MaskPicture]
        /// Bare faces that are used for training and never measured.
        let portraits: [MaskPicture]
    }

    /// The task's name in a configuration file.
    public static let name = "mask-classifier"
    /// A summary for the command's help.
    public static let summary = "Tells faces with a mask, without one, and with a badly worn one apart."

    /// Batches of crops with fixed shares.
    public let batches: MaskBatches
    /// The network's values.
    public let parameters: ParameterStore
    private let settings: Settings
    private let network: MaskClassifier
    private let validation: [MaskCrop]
    private let test: [MaskCrop]
    private let device: Device

    /// An aligned crop of a held-out picture.
    private struct MaskCrop {
        var picture: MaskPicture
        var pixels: [UInt8]

        /// The mirrored crop.
        var mirrored: [UInt8] {
            let side = MaskClassifier.side
            return (0..<side).flatMap { row in
                (0..<side).reversed().flatMap { column in
                    let start = (row * side + column) * 3
                    return pixels[start..<start + 3]
                }
            }
        }
    }

    /// Detects the faces of all pictures.
    public static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let workers = ProcessInfo.processInfo.activeProcessorCount
        let finder = try await FaceFinder(
            installation: .locate(),
            configuration: FaceFinderConfiguration(estimatesMasks: false, estimatesAges: false, workers: workers))
        let pictures = try await MaskFolder(folder: URL(filePath: settings.data)).pictures(by: finder)
        let found = pictures.count { $0.isFound }
        tell("\(pictures.count) pictures of \(Set(pictures.map(\.source)).count) sources, faces found in \(found)")
        let portraits = try settings.archives.flatMap {
            try MaskPicture.portraits(in: FaceArchive(contentsOf: URL(filePath: $0, directoryHint: .isDirectory)))
        }
        if !portraits.isEmpty { tell("\(portraits.count) bare faces of archives") }
        return Material(pictures: pictures, portraits: portraits)
    }

    /// Creates a new network and splits the pictures for it.
    public init(_ settings: Settings, _ material: Material, configuration: RunConfiguration, seed: UInt64) throws {
        (self.settings, device) = (settings, configuration.device)
        let split = MaskSplit(material.pictures, fold: Int(seed % UInt64(settings.folds)), of: settings.folds)
        for (part, pictures) in [
            ("for training", split.training + material.portraits), ("for deciding when to stop", split.validation),
            ("for testing", split.test),
        ] where pictures.isEmpty { throw FaceTrainingError.noPictures(task: Self.name, part: part) }
        batches = MaskBatches(
            split.training + material.portraits, batch: configuration.batch,
            examplesPerEpoch: settings.examplesPerEpoch,
            drawnShare: settings.drawnShare, seed: seed)
        parameters = ParameterStore(seed: seed, on: configuration.device)
        network = try MaskClassifier(parameters.root, dropout: settings.dropout)
        func crops(_ pictures: [MaskPicture]) throws -> [MaskCrop] {
            try pictures.map { picture in
                let image = try picture.image()
                let crop = try picture.face.aligned(in: image, to: MaskBatches.template).image
                return MaskCrop(picture: picture, pixels: crop.pixels)
            }
        }
        validation = try crops(split.validation)
        test = try crops(split.test)
    }

    /// Returns the cross-entropy of the three classes.
    public func loss(of batch: MaskBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let labels = Tensor(batch.labels, on: device)
        let logits = moment.mixed { network(input(batch.pixels), training: true) }.to(.float32)
        return StepLoss(
            crossEntropy(logits, labels: labels, smoothing: settings.smoothing),
            terms: ["accuracy": accuracy(logits, labels: labels)])
    }

    /// Measures the part that decides when to stop.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let report = report(on: validation)
        return [
            "loss": report.loss(1), "balancedAccuracy": report.balancedAccuracy,
            "maskOrBare": report.maskOrBare(foundOnly: false, temperature: 1).balancedAccuracy,
        ]
    }

    /// Fits the temperature on the validation set, measures the test set with it, and exports the network.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let temperature = report(on: validation).temperature
        try export(to: moment.folder.appending(path: "model.onnx"), temperature: temperature)
        let report = report(on: test)
        var measures = [
            "temperature": temperature, "test.balancedAccuracy": report.balancedAccuracy,
            "test.calibrationErrorBefore": report.calibrationError(1),
            "test.calibrationError": report.calibrationError(temperature),
        ]
        for (name, foundOnly) in [("all", false), ("found", true)] {
            let counts = report.maskOrBare(foundOnly: foundOnly, temperature: temperature)
            measures["test.maskOrBare.\(name)"] = counts.balancedAccuracy
            measures["test.masked.\(name)"] = Double(counts.masked)
            measures["test.maskedRight.\(name)"] = Double(counts.maskedRight)
            measures["test.bare.\(name)"] = Double(counts.bare)
            measures["test.bareRight.\(name)"] = Double(counts.bareRight)
            if let interval = counts.interval {
                measures["test.maskOrBareLow.\(name)"] = interval.lowerBound
                measures["test.maskOrBareHigh.\(name)"] = interval.upperBound
            }
        }
        return measures
    }

    private func input(_ pixels: [UInt8]) -> Tensor {
        CropTensor.pictures(pixels, side: MaskClassifier.side, on: device)
    }

    private func report(on crops: [MaskCrop]) -> MaskReport {
        let size = 128
        let entries = stride(from: 0, to: crops.count, by: size).flatMap { start -> [MaskReport.Entry] in
            let part = crops[start..<min(start + size, crops.count)]
            let looks = [part.flatMap(\.pixels), part.flatMap(\.mirrored)].map { pixels in
                network(input(pixels), training: false).floats.map(Double.init)
            }
            return part.enumerated().map { index, crop in
                MaskReport.Entry(
                    picture: crop.picture, logits: looks.map { Array($0[index * 3..<index * 3 + 3]) })
            }
        }
        return MaskReport(entries: entries)
    }

    private func export(to file: URL, temperature: Double) throws {
        let side = MaskClassifier.side
        let graph = ONNXGraph(
            inputs: [("input", [1, 3, side, side])], outputs: ["probabilities"], parameters: parameters
        ) { inputs in
            [(network(inputs[0], training: false) / temperature).softmax(1)]
        }
        try graph.serialized(name: Self.name, metadata: ["temperature": "\(temperature)"]).write(to: file)
    }
}
