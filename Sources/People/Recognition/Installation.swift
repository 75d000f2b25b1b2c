public import Faces
public import Foundation
import LikenessSupport

/// Where `scripts/setup` has put the engine and the models:
///
///     root/openvino/lib/…            the inference engine
///     root/models/NAME/card.json     a model's card, its weights beside it
///     root/torch/lib/…               the training engine, where `scripts/setup --training` was asked for it
///     root/setup.json                what was installed
///
/// ```swift
/// let installation = try Installation.locate()   // or Installation(root:), for a folder of your choice
/// for model in try installation.models() {
///     switch model.card {
///     case .success(let card): print(model.name, card.task.rawValue, card.licence)
///     case .failure(let error): print(model.name, error)
///     }
/// }
/// ```
public struct Installation: Sendable, Hashable {
    /// The folder that holds `openvino`, `models` and `setup.json`.
    public let root: URL

    /// The installation at `root`, which must hold `setup.json`.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)``.
    public init(root: URL) throws {
        guard Self.isInstallation(root) else { throw RecognitionError.notInstalled(searched: [root.path]) }
        self.root = root
    }

    /// Looks in `LIKENESS_HOME` alone where that is set, else beside the running program (its folder and the folders
    /// above it, each with and without `.deps`), else in `~/.local/share/likeness`.
    ///
    /// The current folder is not searched: what is loaded from the installation runs as the user.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)`` with every folder that was tried.
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

    /// OpenVINO's libraries.
    public var engineDirectory: URL { root.appending(path: "openvino/lib") }

    /// The training engine's shim, whether it is there or not.
    public var trainingEngine: URL { root.appending(path: "torch/lib/liblikeness_torch.so") }

    /// Where the training engine's shim should be: the file that `LIKENESS_TRAINING_ENGINE` names where that is set,
    /// such as one that `scripts/training-shim` built; else that of the installation.
    ///
    /// - Throws: ``RecognitionError/notInstalled(searched:)`` where the variable is not set and there is no
    ///   installation.
    public static func locateTrainingEngine(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        if let file = environment["LIKENESS_TRAINING_ENGINE"], !file.isEmpty { return URL(filePath: file) }
        return try locate(environment: environment).trainingEngine
    }

    /// The folder of one model: its card and its weights.
    public func modelDirectory(_ name: String) -> URL { root.appending(path: "models/\(name)") }

    /// A model that is installed.
    public struct Model: Sendable {
        /// The name of its folder.
        public let name: String
        /// Its card, or why there is none to be had of it.
        public let card: Result<ModelCard, RecognitionError>
    }

    /// All installed models, by name. One whose card is damaged is among them, with the reason.
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
            Model(name: name, card: Result { () throws(RecognitionError) in try card(name) })
        }
    }

    /// Whether the model called `name` is installed, be its card a link that leads nowhere.
    func hasModel(_ name: String) -> Bool {
        let card = modelDirectory(name).appending(path: "card.json").path
        return (try? FileManager.default.attributesOfItem(atPath: card)) != nil
    }

    /// The card of the model called `name`.
    ///
    /// - Throws: ``RecognitionError/unknownModel(_:known:)``; ``RecognitionError/unreadableCard(_:reason:)``.
    public func card(_ name: String) throws(RecognitionError) -> ModelCard {
        let file = modelDirectory(name).appending(path: "card.json")
        if !name.contains("/"), let target = try? FileManager.default.destinationOfSymbolicLink(atPath: file.path),
            !FileManager.default.fileExists(atPath: file.path)
        {
            // Set-up links a clone's cards into its installation.
            throw RecognitionError.unreadableCard(
                file.path, reason: "it is a link to \(target), which is not there; copy an installation by 'cp -RL'")
        }
        guard !name.contains("/"), let data = try? Data(contentsOf: file) else {
            let known =
                (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "models").path)) ?? []
            throw RecognitionError.unknownModel(name, known: known.filter(hasModel).sorted())
        }
        do {
            return try JSONDecoder().decode(ModelCard.self, from: data)
        } catch {
            throw RecognitionError.unreadableCard(
                file.path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data))
        }
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
        roots.append(FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/share/likeness"))
        return roots
    }

    /// The running program's file, with links followed.
    private static var executable: URL {
        let link = URL(filePath: "/proc/self/exe")
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)) ?? CommandLine.arguments[0]
        return URL(filePath: program).resolvingSymlinksInPath()
    }
}
