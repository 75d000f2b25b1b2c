import ArgumentParser
import Faces
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Pixels
import Recognition

/// The options of every measurement on pictures.
struct MeasuringOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The folder of the pictures. File names in lists are relative to it.
            """, valueName: "folder"))
    var images: String

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: "The face to use: center (the largest near the center) or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    @Flag(help: "Neither use nor fill the cache of embeddings; see 'likeness cache'.")
    var noCache = false

    /// The folder of the pictures.
    var folder: URL { URL(filePath: images, directoryHint: .isDirectory) }

    /// The name of the model. Throws an error if none is named and there is no installation.
    var model: String { get throws { try embedding.model ?? Installation.locate().defaultModel } }

    /// Loads the networks for `count` pictures.
    ///
    /// - Parameter model: A model to use instead of the one that the options name.
    /// - Throws: ``Failure/noFolder(_:)`` if the folder of the pictures doesn't exist; errors of loading.
    func recognizer(count: Int, model: String? = nil) async throws -> Recognizer {
        try Self.check(folder: images)
        return try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: count, model: model ?? embedding.model, averagesMirrored: embedding.mirror),
            limits: detection.limits)
    }

    /// Checks that `path` is a folder. Otherwise, every picture would be missing.
    ///
    /// - Throws: ``Failure/noFolder(_:)``.
    static func check(folder path: String) throws {
        guard FolderListing.isFolder(SystemPath(path)) else { throw Failure.noFolder(SystemPath.shown(path)) }
    }

    /// Returns the settings for reading the pictures. The output may overwrite none of them; progress is shown on the
    /// standard error.
    ///
    /// - Parameter embedded: Returns a remark for when all faces are embedded; `nil` prints none.
    func reading(_ embedded: MeasurementDisplay.Embedded? = nil) -> PictureReading {
        let output = output
        return PictureReading(
            folder: folder, selection: face, usesCache: !noCache,
            observer: MeasurementDisplay(quiet: detection.quiet, embedded: embedded).observer { urls in
                try output.check(keeping: InputFiles(urls.map(\.relativePath)))
            })
    }
}
