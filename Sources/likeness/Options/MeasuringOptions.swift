import ArgumentParser
import Faces
import Foundation
import Pixels
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

    /// One face of each of some pictures.
    struct Faces {
        /// In the order of the pictures; a picture that can't be read or has no face is a failure.
        var faces: [Result<EmbeddedFace, any Error>] = []
        /// How many pictures could not be read.
        var unreadable = 0
    }

    /// One face of each picture, by name, with progress. What could not be read is said on the standard error.
    ///
    /// - Parameters:
    ///   - alteration: What is done to each picture first.
    ///   - unit: What the progress counts.
    /// - Throws: ``Failure/nothingUsable(count:unit:first:)`` where no picture can be read, or of unaltered ones none has a
    ///   face: figures would be of nothing. ``Failure/overwritesInput(_:input:)``.
    func entries(
        of names: [String], at urls: [URL], by recognizer: Recognizer, altered alteration: PictureAlteration? = nil,
        unit: String = "pictures"
    ) async throws -> Faces {
        try output.check(keeping: InputFiles(urls.map(\.relativePath)))
        let cache = try cache(recognizer)
        let progress = Progress(total: names.count, unit: unit, quiet: detection.quiet)
        defer { progress.finish() }
        var entries = Faces()
        var firstFailure: String?
        try await recognizer.entries(
            of: urls.map(PictureSource.file), selecting: face, altered: alteration, cache: cache
        ) { index, result in
            let face = result.flatMap { entry in
                entry.face.map { .success($0) } ?? .failure(RecognitionError.noFace as any Error)
            }
            entries.faces.append(face)
            switch face {
            case .success: progress.advance()
            case .failure(let error):
                progress.advance(failed: true)
                if case .noFace = error as? RecognitionError { return }
                entries.unreadable += 1
                firstFailure = firstFailure ?? "\(names[index]): \(Failure.message(of: error))"
            }
        }
        progress.finish()
        if let remark = cache?.remark, !detection.quiet { Terminal.note(remark) }
        try check(entries, unit: unit, isAltered: alteration != nil, firstFailure: firstFailure)
        return entries
    }

    /// Where embeddings are kept; `nil` where that is not wanted, or can't be, which is said.
    private func cache(_ recognizer: Recognizer) throws -> EmbeddingCache? {
        guard !noCache else { return nil }
        do {
            return try EmbeddingCache(recognizer: recognizer, selection: face)
        } catch RecognitionError.cacheUnusable(let path, let reason) {
            if !detection.quiet {
                Terminal.note("\(RecognitionError.cacheUnusable(path, reason: reason)); every picture is embedded anew")
            }
            return nil
        }
    }

    private func check(_ entries: Faces, unit: String, isAltered: Bool, firstFailure: String?) throws {
        let count = entries.faces.count
        guard count > 0 else { return }
        let hasFace = entries.faces.contains { if case .success = $0 { true } else { false } }
        guard entries.unreadable < count, hasFace || isAltered else {
            throw Failure.nothingUsable(
                count: count, unit: unit, first: firstFailure ?? "\(RecognitionError.noFace)")
        }
        if entries.unreadable > 0, let firstFailure, !detection.quiet {
            Terminal.note("\(entries.unreadable) of \(count) \(unit) could not be read; the first: \(firstFailure)")
        }
    }
}
