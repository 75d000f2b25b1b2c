public import Foundation

/// The locations of files from the setup and of data sets.
///
/// A test whose files are missing is skipped with the reason.
public enum Fixtures {
    /// The root folder of the clone.
    public static let root: URL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The output of `scripts/setup`.
    public static let dependencies: URL = root.appending(path: ".deps")

    /// Returns a fetched portrait, such as `obama.jpg`.
    public static func portrait(_ name: String) -> URL { dependencies.appending(path: "portraits/\(name)") }

    /// Returns a file of a fetched model: `model("sface")`, `model("mtcnn", "pnet.onnx")`.
    public static func model(_ name: String, _ file: String = "model.onnx") -> URL {
        dependencies.appending(path: "models/\(name)/\(file)")
    }

    /// The embedder that runs if none is named and the terms of research weights were accepted.
    public static let defaultModel = "likeness-light"

    /// The sorted models that an installation needs in addition to YuNet and SFace.
    public static let helperModels = [
        "age-classifier", "face-quality", defaultModel, "mask-classifier", "retinaface-mobilenet025", "yunet-trained",
    ]

    /// Links ``helperModels`` into an installation in `folder`.
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

    /// Labeled Faces in the Wild, unpacked by `scripts/data`: `lfw/NAME/NAME_0001.jpg` and `lfw/pairs.txt`.
    public static let lfw: URL = root.appending(path: ".data/lfw")

    /// Whether the setup has run.
    public static let isSetUp = FileManager.default.fileExists(atPath: dependencies.appending(path: "setup.json").path)

    /// Whether Labeled Faces in the Wild is unpacked.
    public static let hasLFW = FileManager.default.fileExists(atPath: lfw.appending(path: "pairs.txt").path)

    /// The reason for skipping a test that needs the engine and the weights.
    public static let needsSetUp = "needs the engine and the weights: run scripts/setup"

    /// The reason for skipping a test that needs Labeled Faces in the Wild.
    public static let needsLFW = "needs the photographs in ../shared/data: run scripts/data"
}
