import Foundation
import Networks
import Pixels
public import Tensors
public import Training

/// A task that trains a generator of faces from embeddings, against a discriminator that also recognizes the person
/// (Ghani et al., "FFSSA-GAN", Electronic Research Archive 32(4), 2024). The generated faces show which information an
/// embedding contains.
public struct FeatureGenerationTask: RunnableTask {
    /// The task's name in a configuration file.
    public static let name = "feature-gan"
    /// A summary for the command's help.
    public static let summary =
        "Draws faces from their embeddings, to show which information they hold: a GAN."

    /// Batches of the training people's faces.
    public let batches: DescribedBatches
    /// The values of the generator, of its average and of the discriminator.
    public let parameters: ParameterStore
    private let settings: FeatureGenerationSettings
    private let faces: DescribedFaces
    private let generator: FaceDecoder
    private let averaged: FaceDecoder
    private let average: MovingAverage
    private let discriminator: FaceDiscriminator
    private let trunk: TrunkFeatures
    private let device: Device

    /// The data that all seeds share.
    public struct Material: Sendable { let faces: DescribedFaces }

    /// Opens the archive and computes the embeddings of its faces.
    public static func prepare(
        _ settings: FeatureGenerationSettings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Material {
        let faces = try await DescribedFaces(settings, tell: tell)
        tell("\(faces.training.count) training faces, \(faces.heldOut.count) held-out faces")
        return Material(faces: faces)
    }

    /// Creates the networks.
    public init(
        _ settings: FeatureGenerationSettings, _ material: Material, configuration: RunConfiguration, seed: UInt64
    ) throws {
        (self.settings, faces, device) = (settings, material.faces, configuration.device)
        parameters = ParameterStore(seed: seed, on: device)
        generator = try FaceDecoder(parameters.root["generator"], inputs: faces.size, width: settings.width)
        averaged = try FaceDecoder(parameters.root["average"], inputs: faces.size, width: settings.width)
        discriminator = try FaceDiscriminator(
            parameters.root["discriminator"], inputs: 3, width: settings.discriminatorWidth, identity: faces.size)
        parameters.freeze { $0.hasPrefix("average.") }
        average = MovingAverage(parameters, from: "generator", to: "average", decay: settings.averageDecay)
        trunk = try TrunkFeatures(models: TrainingFolders.models(settings.models), on: device)
        batches = DescribedBatches(faces, size: configuration.batch, seed: seed)
    }

    /// Returns the sum of both networks' losses of a batch. Neither loss has gradients in the other network's values.
    public func loss(of batch: DescribedBatches.Batch, at moment: TrainingMoment) throws -> StepLoss {
        average.update(step: moment.step)
        let targets = CropTensor.pictures(batch.pixels, side: FaceDecoder.side, on: device)
        let described = descriptions(batch)
        let made = moment.mixed { generator(described, training: true) }
        let judge = discriminator.judge(isLearning: true)
        let verdict = moment.mixed { judge(.concatenated([targets, made.detached], axis: 0)) }
        let opinion = moment.mixed { judge.detached(made) }
        let count = batch.count
        let apart = AdversarialLoss.discriminator(
            real: verdict.scores.slice(0, 0..<count), made: verdict.scores.slice(0, count..<2 * count))
        // The discriminator learns the people of the real faces; the generator must make it recognize the same people
        // in generated faces.
        let known = Self.unlikeness(verdict.identity?.slice(0, 0..<count), described)
        let recognised = Self.unlikeness(opinion.identity, described)
        let pixels = TrunkFeatures.mean((made - targets).magnitude)
        let seen = min(settings.perceptualFaces, count)
        let real = moment.mixed { withoutGradients { trunk(targets.slice(0, 0..<seen)) } }
        let shown = moment.mixed { trunk(made.slice(0, 0..<seen)) }
        let looks = TrunkFeatures.distance(shown, real), identity = TrunkFeatures.identityLoss(shown, real)
        let fooled = AdversarialLoss.generator(made: opinion.scores)
        let generated =
            pixels * settings.reconstruction + looks * settings.perceptual + identity * settings.identity
            + fooled * settings.adversarial + recognised * settings.identityHead
        return StepLoss(
            generated + apart + known * settings.identityHead,
            terms: [
                "pixels": pixels, "perceptual": looks, "identity": identity, "adversarial": fooled,
                "discriminator": apart, "identityHead": known,
            ])
    }

    /// Returns the mean of 1 − cosine; 0 if the discriminator has no identity head.
    private static func unlikeness(_ said: Tensor?, _ described: Tensor) -> Tensor {
        guard let said else { return Tensor.full(0, shape: [], on: described.device) }
        return 1 - (said.normalized() * described).sum(1).mean(0)
    }

    private func descriptions(_ batch: DescribedBatches.Batch) -> Tensor {
        Tensor(batch.descriptions, shape: [batch.count, faces.size], on: device).normalized()
    }

    // MARK: Held-out people

    /// Measures the averaged generator on some faces of held-out people, and writes a sheet of pictures.
    public func validate(at moment: TrainingMoment) throws -> [String: Double] {
        try writeSheet(named: "step-\(moment.step)", at: moment)
        return try measure(limit: settings.validationFaces, at: moment)
    }

    /// Measures all held-out faces.
    public func conclude(at moment: TrainingMoment) throws -> [String: Double] {
        try writeSheet(named: "best", at: moment)
        return try measure(limit: .max, at: moment)
    }

    private func measure(limit: Int, at moment: TrainingMoment) throws -> [String: Double] {
        var measures = TranslationMeasures()
        let chosen = Array(faces.heldOut.prefix(limit))
        for start in stride(from: 0, to: chosen.count, by: 16) {
            let part = Array(chosen[start..<min(start + 16, chosen.count)])
            let batch = try faces.batch(part)
            let targets = CropTensor.pictures(batch.pixels, side: FaceDecoder.side, on: device)
            let made = moment.mixed { averaged(descriptions(batch), training: false) }
            func embedded(_ pictures: Tensor) -> Tensor { moment.mixed { trunk(pictures) }.embedding.to(.float32) }
            let real = embedded(targets)
            measures.append(
                faces: part.map { HeldOutMeasures.Face(person: $0.person, entry: $0.entry) },
                pixels: (made - targets).magnitude.mean(1, 2, 3).floats, input: real, made: embedded(made), target: real
            )
        }
        // The input was an embedding, so there are no measures of an input picture.
        return try measures.figures(probesAreInputs: true).filter { !$0.key.hasSuffix("Before") }
    }

    /// Writes a sheet with rows of real faces and of the faces that were generated from their embeddings.
    private func writeSheet(named name: String, at moment: TrainingMoment) throws {
        let folder = moment.folder.appending(path: "pictures")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let count = min(12, faces.heldOut.count)
        let batch = try faces.batch((0..<count).map { faces.heldOut[$0 * faces.heldOut.count / count] })
        let targets = CropTensor.pictures(batch.pixels, side: FaceDecoder.side, on: device)
        let made = averaged(descriptions(batch), training: false)
        try PictureGrid.image([targets, made]).write(to: folder.appending(path: "\(name).png"))
    }
}
