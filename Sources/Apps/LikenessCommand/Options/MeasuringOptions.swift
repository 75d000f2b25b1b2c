import ArgumentParser
import Faces
import Foundation
import LikenessSupport
import Measurements
import Pixels
import Recognition

/// What every measurement on pictures needs.
struct MeasuringOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder to which the list's file names are relative.", valueName: "folder"))
    var images: String

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: "The face to use: center, the largest near the center, or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    @Flag(help: "Do not use or fill the cache of embeddings.")
    var noCache = false

    /// The folder of pictures.
    var folder: URL { URL(filePath: images, directoryHint: .isDirectory) }

    /// The model's name.
    var model: String { embedding.model ?? RecognizerConfiguration.defaultModel }

    /// Loads the networks for `count` pictures.
    ///
    /// - Parameter model: Another model than the one that the options name.
    /// - Throws: ``Failure/noFolder(_:)`` where the pictures' folder is not there; what loading throws.
    func recognizer(count: Int, model: String? = nil) async throws -> Recognizer {
        try Self.check(folder: images)
        return try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: count, model: model ?? self.model, averagesMirrored: embedding.mirror),
            limits: detection.limits)
    }

    /// - Throws: ``Failure/noFolder(_:)`` where `path` is no folder: every picture would be missing.
    static func check(folder path: String) throws {
        guard FolderListing.isFolder(SystemPath(path)) else { throw Failure.noFolder(SystemPath.shown(path)) }
    }

    /// How the pictures are read: no output may take the place of one, and what is done is shown on the standard error.
    ///
    /// - Parameter embedded: Says that all faces are embedded; `nil` says nothing.
    func reading(_ embedded: MeasurementDisplay.Embedded? = nil) -> PictureReading {
        let output = output
        return PictureReading(
            folder: folder, selection: face, usesCache: !noCache,
            observer: MeasurementDisplay(quiet: detection.quiet, embedded: embedded).observer { urls in
                try output.check(keeping: InputFiles(urls.map(\.relativePath)))
            })
    }
}
