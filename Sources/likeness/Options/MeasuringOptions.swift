import ArgumentParser
import Faces
import Foundation
import Recognition

/// What every measurement on pictures needs.
struct MeasuringOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder to which the list's names are relative.", valueName: "folder"))
    var images: String

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Which face stands for a picture: the largest near the center, or the largest.")
    var face: FaceSelection = .center

    @Flag(help: "Embed every picture anew, and keep nothing for the next time.")
    var noCache = false

    mutating func validate() throws {
        if face == .all { throw ValidationError("one face stands for a picture: --face center or largest") }
    }

    /// The folder of pictures.
    var folder: URL { URL(filePath: images, directoryHint: .isDirectory) }

    /// The model's name.
    var model: String { embedding.model ?? RecognizerConfiguration.defaultModel }

    /// Loads the networks for `count` pictures.
    ///
    /// - Parameter model: Another model than the one that the options name.
    func recognizer(count: Int, model: String? = nil) async throws -> Recognizer {
        try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: count, model: model ?? self.model, averagesMirrored: embedding.mirror),
            limits: detection.limits)
    }

    /// One face of each picture, by name, with progress; a picture that can't be read or has no face is a failure.
    ///
    /// - Parameters:
    ///   - alteration: What is done to each picture first.
    ///   - unit: What the progress counts.
    func entries(
        of names: [String], at urls: [URL], by recognizer: Recognizer, altered alteration: PictureAlteration? = nil,
        unit: String = "pictures"
    ) async throws -> [Result<EmbeddedFace, any Error>] {
        let cache = noCache ? nil : try EmbeddingCache(recognizer: recognizer, selection: face)
        let progress = Progress(total: names.count, unit: unit, quiet: detection.quiet)
        defer { progress.finish() }
        var entries: [Result<EmbeddedFace, any Error>] = []
        entries.reserveCapacity(names.count)
        try await recognizer.entries(
            of: urls.map(PictureSource.file), selecting: face, altered: alteration, cache: cache
        ) { _, result in
            let face = result.flatMap { entry in
                entry.face.map { .success($0) } ?? .failure(RecognitionError.noFace as any Error)
            }
            entries.append(face)
            if case .failure = face { progress.advance(failed: true) } else { progress.advance() }
        }
        return entries
    }
}
