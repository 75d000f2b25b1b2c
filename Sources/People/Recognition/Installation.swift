public import Faces
public import Foundation
import LikenessSupport

/// The folder in which `scripts/setup` has installed the engine and the models:
///
///     root/openvino/lib/…            the inference engine
///     root/models/NAME/card.json     a model's card, with its weights next to it
///     root/torch/lib/…               the training engine, if installed with `scripts/setup --training`
///     root/setup.json                a list of what was installed
///
/// ```swift
/// let installation = try Installation.locate()   // or Installation(root:), for a folder of your choice
/// for model in try installation.models() {
///     switch model.card {
///     case .success(let card): print(model.name, card.task.rawValue, card.license)
///     case .failure(let error): print(model.name, error)
///     }
/// }
/// ```
public struct Installation: Sendable, Hashable {
    /// The folder that holds `openvino`, `models` and `setup.json`.
    public let root: URL

    /// Creates an installation at `root`, which must contain `setup.json`.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)``.
    public init(root: URL) throws {
        guard Self.isInstallation(root) else { throw RecognitionError.notInstalled(searched: [root.path]) }
        self.root = root
    }

    /// Locates the installation.
    ///
    /// If `LIKENESS_HOME` is set, only that folder is searched. Otherwise these folders are searched in order: the
    /// folder of the running program and the folders above it, each with and without `.deps`; then
    /// `~/.local/share/likeness`.
    ///
    /// The current folder is not searched, because code loaded from the installation runs with the user's rights.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)`` with every folder that was searched.
    public static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Installation {
        if let home = environment["LIKENESS_HOME"], !home.isEmpty {
            return try Installation(root: URL(filePath: home, directoryHint: .isDirectory))
        }
        let candidates = candidateRoots()
        guard let root = candidates.first(where: isInstallation) else {
            throw RecognitionError.notInstalled(searched: candidates.map(\.path))
        }
        return try Installation(root: root)
    }

    /// Whether the terms of networks for non-commercial research were accepted at set-up. Without them, recognition
    /// works with fewer networks. An installation that doesn't say so counts as one that accepts them.
    public var acceptsResearchWeights: Bool {
        struct SetUp: Decodable {
            let accepts: Bool

            enum Field: String, CodingKey { case accepts = "research weights" }

            init(from decoder: any Decoder) throws {
                let fields = try decoder.container(keyedBy: Field.self)
                // Nobody was asked if the answer is null.
                accepts = try !fields.contains(.accepts) || fields.decodeIfPresent(Bool.self, forKey: .accepts) ?? false
            }
        }
        guard let data = try? Data(contentsOf: setUpFile), let setUp = try? JSONDecoder().decode(SetUp.self, from: data)
        else { return true }
        return setUp.accepts
    }

    /// The embedder that runs if none is named: `likeness-light`, or `sface` if the terms of its weights were not accepted
    /// at set-up. If it is missing nevertheless, using it is an error: no other model takes its place.
    public var defaultModel: String {
        if FileManager.default.fileExists(atPath: setUpFile.path) {
            return acceptsResearchWeights ? Self.defaultModels[0] : Self.publishedModel
        }
        return Self.defaultModels.first(where: hasModel) ?? Self.publishedModel
    }

    private var setUpFile: URL { root.appending(path: "setup.json") }

    /// The embedder that runs if no better one is installed. Its weights are published under Apache-2.0.
    static let publishedModel = "sface"

    /// The embedders that run if none is named, the best first.
    static let defaultModels = ["likeness-light", publishedModel]

    /// The folder of OpenVINO's libraries.
    public var engineDirectory: URL { root.appending(path: "openvino/lib") }

    /// The file of the training engine's shim library, which may not exist.
    public var trainingEngine: URL { root.appending(path: "torch/lib/liblikeness_torch.so") }

    /// Locates the training engine's shim library. It is the file that `LIKENESS_TRAINING_ENGINE` names, such as one
    /// built by `scripts/training-shim`; if the variable is not set, it is the file in the installation. The file may
    /// not exist.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)`` if the variable is not set and there is no installation.
    public static func locateTrainingEngine(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        if let file = environment["LIKENESS_TRAINING_ENGINE"], !file.isEmpty { return URL(filePath: file) }
        return try locate(environment: environment).trainingEngine
    }

    /// Returns the folder of one model, which contains its card and its weights.
    public func modelDirectory(_ name: String) -> URL { root.appending(path: "models/\(name)") }

    /// An installed model.
    public struct Model: Sendable {
        /// The name of the model's folder.
        public let name: String
        /// The model's card, or the error that occurred when it was read.
        public let card: Result<ModelCard, RecognitionError>
    }

    /// Returns all installed models, sorted by name. A model with a damaged card is included, with the error.
    ///
    /// - Throws: ``RecognitionError/unreadableModels(_:reason:)``.
    public func models() throws(RecognitionError) -> [Model] {
        let folder = root.appending(path: "models").path
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw .unreadableModels(folder, reason: Reason.text(of: error))
        }
        return names.sorted().filter(hasModel).map { name in
            Model(name: name, card: Result { () throws(RecognitionError) in try readCard(name) })
        }
    }

    /// Returns whether the model called `name` is installed, even if its card is a broken link.
    func hasModel(_ name: String) -> Bool {
        let card = modelDirectory(name).appending(path: "card.json").path
        return (try? FileManager.default.attributesOfItem(atPath: card)) != nil
    }

    /// Returns the card of the model called `name`.
    ///
    /// - Parameters:
    ///   - name: The model's name, which is the name of its folder.
    ///   - task: The task that it is needed for. If there is no such model, the error lists those for this task.
    /// - Throws: ``RecognitionError/unknownModel(_:known:)``; ``RecognitionError/unreadableCard(_:reason:)``.
    public func card(_ name: String, for task: ModelCard.Task? = nil) throws(RecognitionError) -> ModelCard {
        guard !name.contains("/"), hasModel(name) else { throw .unknownModel(name, known: known(for: task)) }
        return try readCard(name)
    }

    /// Returns the names of the models for a task, or of all. A model with a damaged card is included.
    private func known(for task: ModelCard.Task?) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "models").path)) ?? []
        return names.filter(hasModel).filter { name in
            guard let task, let card = try? readCard(name) else { return true }
            return card.task == task
        }.sorted()
    }

    private func readCard(_ name: String) throws(RecognitionError) -> ModelCard {
        let file = modelDirectory(name).appending(path: "card.json")
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file.path),
            !FileManager.default.fileExists(atPath: file.path)
        {
            // `scripts/setup` links the cards of a clone into its installation.
            throw RecognitionError.unreadableCard(
                file.path, reason: "it is a link to \(target), which is not there; copy an installation by 'cp -RL'")
        }
        let data: Data
        do {
            let opened = try RegularFile(SystemPath(file.path))
            data = Data(try opened.file.bytes(at: 0, count: opened.size))
        } catch {
            throw RecognitionError.unreadableCard(file.path, reason: Reason.text(of: error))
        }
        let card: ModelCard
        do {
            card = try JSONDecoder().decode(ModelCard.self, from: data)
        } catch {
            throw RecognitionError.unreadableCard(
                file.path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data))
        }
        if let fault = card.fault(in: name) { throw RecognitionError.unreadableCard(file.path, reason: fault) }
        return card
    }

    private static func isInstallation(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "setup.json").path)
    }

    private static func candidateRoots() -> [URL] {
        var roots: [URL] = []
        var folder = executable.deletingLastPathComponent()
        while folder.path != "/" {
            roots.append(folder.appending(path: ".deps"))
            roots.append(folder)
            folder = folder.deletingLastPathComponent()
        }
        roots.append(Cache.home.appending(path: ".local/share/likeness"))
        return roots
    }

    /// The file of the running program, with links resolved.
    private static var executable: URL {
        let link = URL(filePath: "/proc/self/exe")
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) ?? CommandLine.arguments[0]
        return URL(filePath: program).resolvingSymlinksInPath()
    }
}
