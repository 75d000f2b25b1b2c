import Faces
public import Foundation
import Inference
import LikenessSupport

/// A check of an installation: whether it is complete, and the hardware and engine it runs on.
public struct Diagnosis: Codable, Sendable, Hashable {
    /// The result of one check.
    public struct Check: Codable, Sendable, Hashable {
        /// The thing checked, such as `weights sface/model.onnx`.
        public var name: String
        /// Whether the check passed.
        public var passed: Bool
        /// What was found, or what to do about a failure.
        public var detail: String

        /// Creates the result of a check.
        public init(name: String, passed: Bool, detail: String) {
            self.name = name
            self.passed = passed
            self.detail = detail
        }
    }

    /// The results of all checks.
    public var checks: [Check]

    /// Whether all checks passed.
    public var passed: Bool { checks.allSatisfy(\.passed) }

    /// Checks the engine, every model's card and the SHA-256 of every weight file.
    ///
    /// - Parameters:
    ///   - environment: The environment in which `LIKENESS_HOME` is looked up.
    ///   - furtherChecks: Checks of parts that this module doesn't know, such as the training engine; they run
    ///     concurrently with the others.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        furtherChecks: @escaping @Sendable (Installation) async -> [Check] = { _ in [] }
    ) async {
        do {
            let installation = try Installation.locate(environment: environment)
            async let further = furtherChecks(installation)
            async let engine = Self.engine(installation)
            let models = await Self.models(installation)
            checks = [Check(name: "installation", passed: true, detail: installation.root.path), await engine]
            checks += models
            checks += await further
        } catch {
            checks = [Check(name: "installation", passed: false, detail: Reason.text(of: error))]
        }
    }

    private static func engine(_ installation: Installation) async -> Check {
        do {
            let detail = try await EngineExecutor.run {
                let engine = try Engine(libraryDirectory: installation.engineDirectory)
                let precisions = engine.supportedPrecisions.map(\.rawValue).joined(separator: ", ")
                return "OpenVINO \(engine.version); this CPU runs \(precisions)"
            }
            return Check(name: "engine", passed: true, detail: detail)
        } catch {
            return Check(name: "engine", passed: false, detail: Reason.text(of: error))
        }
    }

    private static func models(_ installation: Installation) async -> [Check] {
        let models: [Installation.Model]
        do {
            models = try installation.models()
        } catch {
            return [Check(name: "model cards", passed: false, detail: error.description)]
        }
        let names = models.map(\.name)
        let needed =
            [FaceFinderConfiguration.defaultDetector] + Installation.defaultModels + Self.helpers.map(\.model)
        let missing = needed.filter { !names.contains($0) }.map { name in
            // Whoever did not accept the terms of some networks has a complete installation without them.
            let isLeftOut = forResearch.contains(name) && !installation.acceptsResearchWeights
            return Check(
                name: "model \(name)", passed: isLeftOut,
                detail: isLeftOut
                    ? "not installed, because its terms (non-commercial research) were not accepted: "
                        + "scripts/setup --accept-research-weights"
                    : "missing: run scripts/setup")
        }
        // Files are hashed in parallel, as many at once as there are cores.
        return await withTaskGroup(of: (Int, [Check]).self) { group in
            for (index, model) in models.enumerated() {
                group.addTask { (index, Self.model(model, in: installation)) }
            }
            var found = [[Check]](repeating: [], count: models.count)
            for await (index, checks) in group { found[index] = checks }
            return missing + found.joined()
        }
    }

    private static func model(_ model: Installation.Model, in installation: Installation) -> [Check] {
        switch model.card {
        case .success(let card):
            (fault(of: card).map { [Check(name: "card \(model.name)", passed: false, detail: $0)] } ?? [])
                + card.weights.map { weights($0, of: card, in: installation.modelDirectory(model.name)) }
        case .failure(let error):
            [Check(name: "card \(model.name)", passed: false, detail: error.description)]
        }
    }

    /// Models that searches, decisions and the enrollment gate need besides the detector and the embedder: they say who
    /// wears a mask, who may be a child, how usable a face is, and what is confirmed as a face by a second detector, and
    /// they find small faces and those in extreme light.
    private static let helpers: [(model: String, task: ModelCard.Task)] = [
        ("mask-classifier", .maskClassification), ("age-classifier", .ageClassification),
        ("face-quality", .qualityEstimation), ("retinaface-mobilenet025", .detection), ("yunet-trained", .detection),
    ]

    /// The needed models with weights for non-commercial research.
    private static let forResearch: Set<String> = [
        "likeness-light", "mask-classifier", "age-classifier", "face-quality", "yunet-trained",
    ]

    /// Returns why a helper's card doesn't fit its purpose; `nil` if it does.
    private static func fault(of card: ModelCard) -> String? {
        guard let helper = helpers.first(where: { $0.model == card.name }) else { return nil }
        guard card.task == helper.task else {
            return "its task is \(card.task.rawValue), but \(helper.task.rawValue) is needed: \(ModelCard.remedy)"
        }
        guard helper.task != .detection else { return nil }
        let size = card.template?.size
        return card.input.width == size && card.input.height == size && card.weights.count == 1
            ? nil
            : "its input does not have the size of its template, or it has several weights files: \(ModelCard.remedy)"
    }

    private static func weights(_ weights: ModelCard.Weights, of card: ModelCard, in directory: URL) -> Check {
        let name = "weights \(card.name)/\(weights.file)"
        let digest: String?
        do {
            digest = try SHA256(contentsOf: directory.appending(path: weights.file))?.hexadecimal
        } catch {
            return Check(name: name, passed: false, detail: error.description)
        }
        guard let digest else { return Check(name: name, passed: false, detail: "missing: \(ModelCard.remedy)") }
        guard digest == weights.sha256 else {
            return Check(
                name: name, passed: false,
                detail: "not the file that the card names (sha256 \(digest)): \(ModelCard.remedy)")
        }
        return Check(
            name: name, passed: true,
            detail: "\(card.license), origin \(card.origin.status.rawValue); "
                + "made for \(weights.precisions.joined(separator: ", "))")
    }
}
