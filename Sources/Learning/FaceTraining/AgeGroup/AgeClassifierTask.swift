import Augmentation
import Datasets
import Evaluation
import Faces
import Foundation
import Networks
import Pixels
public import Tensors
public import Training

/// A task that trains the age classifier on aligned crops of faces whose file names start with the age, as in UTKFace.
///
/// The file names determine the split: a fifth is the test set, a tenth is the validation set, which chooses the epoch
/// and calibrates, and the rest is the training set. The seed's folder gets `model.onnx`, `report.json` with the
/// figures of each group, and the lists `held-out.txt` (test set) and `validation.txt`.
public struct AgeClassifierTask: RunnableTask {
    /// The task's settings in a configuration file.
    public struct Settings: ConfigurationSection, Hashable {
        /// An archive from `likeness pack` of files named `AGE_GENDER_RACE_…`.
        public var archive = ".data/unlabelled.archive"
        /// The number of crops in an epoch.
        public var examplesPerEpoch = 6144
        /// The weight of the loss for ``AgeClassifier/oldestChild``, compared with that for each other age.
        public var childWeight = 4.0
        /// The dropout rate of the last features.
        public var dropout = 0.2

        /// Creates the default settings.
        public init() {}

        /// Throws an error if a value is out of range.
        public func check(_ fields: FieldChecks) throws {
            try fields["examplesPerEpoch"].expect(examplesPerEpoch, atLeast: 1)
            try fields["childWeight"].expect(childWeight, in: 0...1000)
            try fields["dropout"].expect(dropout, in: 0...0.9)
        }
    }

    /// The pictures, split into training, validation and test set.
    public struct Material: Sendable {
        let split: AgeSplit
    }

    /// The task's name in a configuration file.
    public static let name = "age-classifier"
    /// A summary for the command's help.
    public static let summary = "Distinguishes children, up to 13 years, from older people."

    /// Batches of crops with fixed shares.
    public let batches: AgeBatches
    /// The network's values.
    public let parameters: ParameterStore
    private let settings: Settings
    private let network: AgeClassifier
    private let split: AgeSplit
    private let device: Device

    /// Opens the archive and splits its pictures.
    public static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive, directoryHint: .isDirectory))
        let pictures = AgePicture.pictures(in: archive)
        let split = AgeSplit(pictures)
        try split.check(settings.archive)
        tell(
            "\(pictures.count) of \(archive.count) faces with an age, \(pictures.count { $0.labels.isChild }) of them "
                + "children: \(split.training.count) to train on, \(split.validation.count) to calibrate with, "
                + "\(split.test.count) held out")
        return Material(split: split)
    }

    /// Creates a new network and the batches to train it on.
    public init(_ settings: Settings, _ material: Material, configuration: RunConfiguration, seed: UInt64) throws {
        (self.settings, split, device) = (settings, material.split, configuration.device)
        batches = AgeBatches(
            split.training, batch: configuration.batch, examplesPerEpoch: settings.examplesPerEpoch, seed: seed)
        parameters = ParameterStore(seed: seed, on: configuration.device)
        network = try AgeClassifier(parameters.root, dropout: settings.dropout)
    }

    /// Returns the mean cross-entropy over the ages, in which ``AgeClassifier/oldestChild`` counts `childWeight` times.
    public func loss(of batch: AgeBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        let logits = moment.mixed {
            network(CropTensor.pictures(batch.pixels, side: AgeClassifier.side, on: device), training: true)
        }.to(.float32)
        let ages = AgeClassifier.ages
        let isOlder = Tensor(
            batch.ages.flatMap { age in ages.map { age > $0 ? 1 : 0 as Float } },
            shape: [batch.ages.count, ages.count],
            on: device)
        let weights = ages.indices.map { $0 == AgeClassifier.childIndex ? settings.childWeight : 1 }
        let total = weights.reduce(0, +)
        let scale = Tensor(weights.map { Float($0 / total) }, shape: [1, ages.count], on: device)
        // −log p of the true answer from log-odds z: ln(1 + e^z) − z if the person is older, otherwise ln(1 + e^z).
        let losses = softplus(logits) - logits * isOlder
        let child = AgeClassifier.childIndex..<AgeClassifier.childIndex + 1
        let isRight = (logits.detached.slice(1, child) .> 0) .== (isOlder.slice(1, child) .> 0.5)
        return StepLoss((losses * scale).sum(1).mean(), terms: ["accuracy": isRight.to(.float32).mean()])
    }

    /// Measures the validation set as it is, and in small, dark and masked copies.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let report = try report(on: split.validation, [.plain, .size20, .dark, .masked], calibration: AgeCalibration())
        return [
            "loss": report.balancedLoss, "balancedAccuracy": report.balancedAccuracy,
            "plainBalancedAccuracy": report.altered(.plain).balancedAccuracy,
        ]
    }

    /// Calibrates on the validation set, measures the test set, and exports the network.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        let copies = AgeCopies.allCases
        let shown = try report(on: split.validation, copies, calibration: AgeCalibration())
        let calibration = try AgeCalibration(shown.looks)
        try export(to: moment.folder.appending(path: "model.onnx"), calibration)
        let report = try report(on: split.test, copies, calibration: calibration)
        try write(report, to: moment.folder)
        var measures = ["slope": calibration.slope, "offset": calibration.offset]
        for copies in copies {
            let own = report.altered(copies)
            measures["test.balancedAccuracy.\(copies.rawValue)"] = own.balancedAccuracy
            measures["test.calibrationError.\(copies.rawValue)"] = try own.calibrationError
        }
        let before = AgeReport(looks: report.altered(.plain).looks, calibration: AgeCalibration())
        measures["test.calibrationErrorBefore.plain"] = try before.calibrationError
        return measures
    }

    private func write(_ report: AgeReport, to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(report.rows()).write(to: folder.appending(path: "report.json"), options: .atomic)
        for (name, pictures) in [("held-out.txt", split.test), ("validation.txt", split.validation)] {
            let text = pictures.map { $0.file + "\n" }.sorted().joined()
            try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
        }
    }

    private func report(
        on pictures: [AgePicture], _ copies: [AgeCopies], calibration: AgeCalibration
    ) throws -> AgeReport {
        let size = 128
        var looks: [AgeReport.Look] = []
        for kind in copies {
            for start in stride(from: 0, to: pictures.count, by: size) {
                let part = pictures[start..<min(start + size, pictures.count)]
                let pixels = try part.enumerated().flatMap { index, picture in
                    // Masks of styles that training does not use. They are the same for every epoch and seed.
                    try kind.policy.plan(seed: UInt64(start + index), covers: .testing)
                        .aligned(picture.image(), face: picture.face, to: AgeBatches.template).pixels
                }
                let input = CropTensor.pictures(pixels, side: AgeClassifier.side, on: device)
                let logits = network(input, training: false).to(.float32).floats
                looks += part.enumerated().map { index, picture in
                    let logit = logits[index * AgeClassifier.ages.count + AgeClassifier.childIndex]
                    return AgeReport.Look(labels: picture.labels, copies: kind, logit: Double(logit))
                }
            }
        }
        return AgeReport(looks: looks, calibration: calibration)
    }

    private func export(to file: URL, _ calibration: AgeCalibration) throws {
        let side = AgeClassifier.side
        let child = AgeClassifier.childIndex..<AgeClassifier.childIndex + 1
        let graph = ONNXGraph(
            inputs: [("input", [1, 3, side, side])], outputs: ["childProbability"], parameters: parameters
        ) { inputs in
            let older = network(inputs[0], training: false).slice(1, child)
            return [sigmoid(older * -calibration.slope - calibration.offset)]
        }
        let metadata = ["slope": "\(calibration.slope)", "offset": "\(calibration.offset)"]
        try graph.serialized(name: Self.name, metadata: metadata).write(to: file)
    }
}
