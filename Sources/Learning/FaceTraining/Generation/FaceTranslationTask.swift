import Augmentation
import Datasets
import Evaluation
import Foundation
import Networks
import Pixels
public import Tensors
public import Training

/// A task that trains a generator to take masks off faces or put them on, against a discriminator (DS-AEAN paper).
public struct FaceTranslationTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "mask-gan"
    /// A summary for the command's help.
    public static let summary =
        "Removes masks from faces, or adds them: a GAN with reconstruction, perceptual and adversarial losses."

    /// Batches of the training people's faces with newly drawn masks.
    public let batches: FacePairBatches
    /// The values of the generator, of its average and of the discriminator.
    public let parameters: ParameterStore
    private let settings: FaceTranslationSettings
    private let material: Material
    private let generator: FaceTranslator
    private let averaged: FaceTranslator
    private let average: MovingAverage
    private let discriminator: FaceDiscriminator
    private let trunk: TrunkFeatures
    private let device: Device

    /// The data that all seeds share.
    public struct Material: Sendable {
        let archive: FaceArchive
        let entries: [Int]
        let heldOut: HeldOutPairs
    }

    /// Opens the archive and draws masks on the faces of the held-out people.
    public static func prepare(
        _ settings: FaceTranslationSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        let split = SubjectSplit(dealing: archive.identities, validation: settings.heldOut, seed: settings.splitSeed)
        try PeopleNeeded.check(
            task: name, trained: split.training.count,
            heldOut: split.validation.map { archive.indices(of: [$0]).count }, place: settings.archive)
        let entries = archive.indices(of: split.training)
        let heldOut = try await HeldOutPairs(archive, people: split.validation, seed: settings.splitSeed)
        tell(
            "\(entries.count) training faces of \(split.training.count) people; "
                + "\(heldOut.count) held-out faces of \(split.validation.count) people"
        )
        return Material(archive: archive, entries: entries, heldOut: heldOut)
    }

    /// Creates the networks.
    public init(
        _ settings: FaceTranslationSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, self.material, device) = (settings, material, configuration.device)
        parameters = ParameterStore(seed: seed, on: device)
        generator = try FaceTranslator(parameters.root["generator"], settings.generator)
        averaged = try FaceTranslator(parameters.root["average"], settings.generator)
        discriminator = try FaceDiscriminator(
            parameters.root["discriminator"], inputs: 6, width: settings.discriminatorWidth)
        parameters.freeze { $0.hasPrefix("average.") }
        average = MovingAverage(parameters, from: "generator", to: "average", decay: settings.averageDecay)
        trunk = try TrunkFeatures(models: TrainingFolders.models(settings.models), on: device)
        batches = FacePairBatches(
            material.archive, entries: material.entries, size: configuration.batch, direction: settings.direction,
            unchanged: settings.unchanged, seed: seed)
    }

    /// Returns the sum of both networks' losses of a batch. Neither loss has gradients in the other network's values,
    /// so one step trains both.
    public func loss(of batch: FacePairBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        average.update(step: moment.step)
        let inputs = pictures(batch.inputs), targets = pictures(batch.targets)
        let made = moment.mixed { generator(inputs, style: style(batch), training: true) }.picture
        let judge = discriminator.judge(isLearning: true)
        let verdicts = moment.mixed {
            judge(
                .concatenated(
                    [
                        .concatenated([inputs, targets], axis: 1), .concatenated([inputs, made.detached], axis: 1),
                    ], axis: 0))
        }.scores
        let opinion = moment.mixed { judge.detached(.concatenated([inputs, made], axis: 1)) }.scores
        let apart = AdversarialLoss.discriminator(
            real: verdicts.slice(0, 0..<batch.count), made: verdicts.slice(0, batch.count..<2 * batch.count))
        let pixels = TrunkFeatures.mean((made - targets).magnitude)
        let seen = min(settings.perceptualFaces, batch.count)
        let real = moment.mixed { withoutGradients { trunk(targets.slice(0, 0..<seen)) } }
        let shown = moment.mixed { trunk(made.slice(0, 0..<seen)) }
        let looks = TrunkFeatures.distance(shown, real), identity = TrunkFeatures.identityLoss(shown, real)
        let fooled = AdversarialLoss.generator(made: opinion)
        let generated =
            pixels * settings.reconstruction + looks * settings.perceptual + identity * settings.identity
            + fooled * settings.adversarial
        return StepLoss(
            generated + apart,
            terms: [
                "pixels": pixels, "perceptual": looks, "identity": identity, "adversarial": fooled,
                "discriminator": apart,
            ])
    }

    private func pictures(_ bytes: [UInt8]) -> Tensor {
        CropTensor.pictures(bytes, side: FaceTranslator.side, on: device)
    }

    private func style(_ batch: FacePairBatches.Batch) -> Tensor? {
        batch.styles.isEmpty ? nil : Tensor(batch.styles, shape: [batch.count, MaskLook.size], on: device)
    }

    // MARK: Held-out people

    /// Measures the averaged generator on some faces of held-out people. Also writes a sheet of pictures and the
    /// current generator, so that a stopped run leaves a generator.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let measured = try measure(.training, limit: settings.validationFaces, at: moment)
        try writeSheet(named: "step-\(moment.step)", at: moment)
        try writeGenerator(at: moment)
        return measured
    }

    /// Measures all held-out faces, also with mask designs that are reserved for tests, and writes the averaged
    /// generator.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        try TrainedTranslator.write(
            parameters, configuration: settings.generator, settings.direction, in: moment.folder)
        try writeSheet(named: "best", at: moment)
        let all = try measure(.training, limit: .max, at: moment)
        let unseen = try measure(.testing, limit: .max, at: moment)
        return all.merging(Dictionary(uniqueKeysWithValues: unseen.map { ("unseen.\($0)", $1) })) { $1 }
    }

    private func writeGenerator(at moment: TrainingMoment) throws {
        try TrainedTranslator.write(
            parameters, configuration: settings.generator, settings.direction, in: moment.folder)
    }

    private func measure(
        _ designs: HeldOutPairs.Designs, limit: Int, at moment: TrainingMoment
    ) throws -> [String: Double] {
        var measures = TranslationMeasures()
        for pairs in material.heldOut.batches(designs, limit: limit) {
            let batch = batch(pairs)
            let inputs = pictures(batch.inputs), targets = pictures(batch.targets)
            let made = moment.mixed { averaged(inputs, style: style(batch), training: false) }.picture
            func embedded(_ pictures: Tensor) -> Tensor { moment.mixed { trunk(pictures) }.embedding.to(.float32) }
            measures.append(
                faces: pairs.map { HeldOutMeasures.Face(person: $0.person, entry: $0.entry) },
                pixels: (made - targets).magnitude.mean(1, 2, 3).floats, input: embedded(inputs),
                made: embedded(made), target: embedded(targets))
        }
        return try measures.figures(probesAreInputs: settings.direction == .unmask)
    }

    private func batch(_ pairs: [FacePair]) -> FacePairBatches.Batch {
        pairs.reduce(into: FacePairBatches.Batch()) { $0.append($1, settings.direction) }
    }

    /// Writes a sheet with rows of inputs, outputs, targets, and the new share of each pixel.
    private func writeSheet(named name: String, at moment: TrainingMoment) throws {
        let folder = moment.folder.appending(path: "pictures")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (title, designs) in [("", HeldOutPairs.Designs.training), ("-unseen", .testing)] {
            let batch = batch(material.heldOut.spread(designs, count: 12))
            let inputs = pictures(batch.inputs)
            let result = averaged(inputs, style: style(batch), training: false)
            let rows = [inputs, result.picture, pictures(batch.targets), result.share * 2 - 1]
            try PictureGrid.image(rows).write(to: folder.appending(path: "\(name)\(title).png"))
        }
    }
}
