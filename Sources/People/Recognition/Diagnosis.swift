import Faces
public import Foundation
import Inference
import LikenessSupport

/// Whether an installation is whole, and what it runs on.
public struct Diagnosis: Codable, Sendable, Hashable {
    /// One thing that was looked at.
    public struct Check: Codable, Sendable, Hashable {
        /// What it is, such as `weights sface/model.onnx`.
        public var name: String
        /// Whether it is as it should be.
        public var passed: Bool
        /// What was seen, or what to do.
        public var detail: String

        /// A check of this name.
        public init(name: String, passed: Bool, detail: String) {
            self.name = name
            self.passed = passed
            self.detail = detail
        }
    }

    /// Everything that was looked at.
    public var checks: [Check]

    /// Whether everything is as it should be.
    public var passed: Bool { checks.allSatisfy(\.passed) }

    /// Checks the engine, every model's card and the SHA-256 of every file of weights.
    ///
    /// - Parameters:
    ///   - environment: Where `LIKENESS_HOME` is looked up.
    ///   - furtherChecks: Checks of an installation that this module knows nothing of, such as the training engine; they run
    ///     beside the others.
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
        let needed = [FaceFinderConfiguration.defaultDetector, RecognizerConfiguration.defaultModel] + Self.helpers
        let missing = needed.filter { !names.contains($0) }.map {
            Check(name: "model \($0)", passed: false, detail: "missing: run scripts/setup")
        }
        // Files are digested side by side, as many as there are cores.
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
            card.weights.map { weights($0, of: card, in: installation.modelDirectory(model.name)) }
        case .failure(let error):
            [Check(name: "card \(model.name)", passed: false, detail: error.description)]
        }
    }

    /// What decisions and the gate rest on beside the detector and the embedder: who wears a mask, who may be a child, and
    /// what is a face at a second look.
    private static let helpers = ["mask-classifier", "age-classifier", "retinaface-mobilenet025"]

    private static func weights(_ weights: ModelCard.Weights, of card: ModelCard, in directory: URL) -> Check {
        let name = "weights \(card.name)/\(weights.file)"
        let digest: String?
        do {
            digest = try SHA256(contentsOf: directory.appending(path: weights.file))?.hexadecimal
        } catch {
            return Check(name: name, passed: false, detail: error.description)
        }
        guard let digest else { return Check(name: name, passed: false, detail: "missing: run scripts/setup") }
        guard digest == weights.sha256 else {
            return Check(
                name: name, passed: false, detail: "not what the card names (sha256 \(digest)): run scripts/setup")
        }
        return Check(
            name: name, passed: true,
            detail: "\(card.licence), origin \(card.origin.status.rawValue); "
                + "made for \(weights.precisions.joined(separator: ", "))")
    }
}
