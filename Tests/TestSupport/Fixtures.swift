public import Foundation

/// Where tests find what set-up fetched and what a developer has unpacked; a test that needs what is absent is skipped
/// with the reason.
public enum Fixtures {
    /// The clone's root folder.
    public static let root: URL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What `scripts/setup` makes.
    public static let dependencies: URL = root.appending(path: ".deps")

    /// Returns a fetched portrait, such as `obama.jpg`.
    public static func portrait(_ name: String) -> URL { dependencies.appending(path: "portraits/\(name)") }

    /// Returns a file of a fetched model: `model("sface")`, `model("mtcnn", "pnet.onnx")`.
    public static func model(_ name: String, _ file: String = "model.onnx") -> URL {
        dependencies.appending(path: "models/\(name)/\(file)")
    }

    /// The models that decisions and the gate need beside a detector and an embedder, sorted.
    public static let helperModels = ["age-classifier", "mask-classifier", "retinaface-mobilenet025"]

    /// Puts links to ``helperModels`` into an installation in `folder`.
    public static func linkHelperModels(in folder: TemporaryFolder) throws {
        let models = folder.url.appending(path: "models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        for name in helperModels {
            try FileManager.default.createSymbolicLink(
                at: models.appending(path: name), withDestinationURL: dependencies.appending(path: "models/\(name)"))
        }
    }

    /// OpenVINO's libraries.
    public static let engine: URL = dependencies.appending(path: "openvino/lib")

    /// Labeled Faces in the Wild as `scripts/data` unpacks it: `lfw/NAME/NAME_0001.jpg` and `lfw/pairs.txt`.
    public static let lfw: URL = root.appending(path: ".data/lfw")

    /// Whether set-up has run.
    public static let isSetUp = FileManager.default.fileExists(atPath: dependencies.appending(path: "setup.json").path)

    /// Whether Labeled Faces in the Wild is unpacked.
    public static let hasLFW = FileManager.default.fileExists(atPath: lfw.appending(path: "pairs.txt").path)

    /// Why a test that needs the engine and the weights is skipped.
    public static let needsSetUp = "needs the engine and the weights: run scripts/setup"

    /// Why a test that needs Labeled Faces in the Wild is skipped.
    public static let needsLFW = "needs the photographs in ../shared/data: run scripts/data"
}
