import ArgumentParser
import Evaluation
import Faces
import Foundation
import LikenessSupport
import Pixels
import Recognition

/// What every measurement on pictures needs.
struct MeasuringOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder to which the list's names are relative.", valueName: "folder"))
    var images: String

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: "Which face stands for a picture: center, the largest near the center, or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    @Flag(help: "Embed every picture anew, and keep nothing for the next time.")
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

    /// One face of each of some pictures.
    struct Faces {
        /// A picture, as far as it could be read.
        enum Picture {
            /// Its face; `nil` where it has none.
            case read(EmbeddedFace?)
            case unreadable
        }

        /// In the order of the pictures.
        var pictures: [Picture] = []
        /// What is to be said of them.
        var notes = PictureNotes()

        /// The faces of those that could be read, with their places.
        var readable: [(place: Int, face: EmbeddedFace?)] {
            pictures.enumerated().compactMap { place, picture in
                if case .read(let face) = picture { (place, face) } else { nil }
            }
        }
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
        let cache = try await cache(recognizer)
        let progress = Progress(total: names.count, unit: unit, quiet: detection.quiet)
        defer { progress.finish() }
        var entries = Faces()
        try await recognizer.entries(
            of: urls.map(PictureSource.file), selecting: face, altered: alteration, cache: cache
        ) { index, result in
            switch result {
            case .success(let entry):
                entries.pictures.append(.read(entry.face))
                entries.notes.add(entry.remarks, on: names[index])
                progress.advance(failed: entry.face == nil)
            case .failure(let error as CancellationError): throw error
            case .failure(let error):
                entries.pictures.append(.unreadable)
                entries.notes.addUnreadable(names[index], error)
                progress.advance(failed: true)
            }
        }
        progress.finish()
        if let remark = cache?.remark, !detection.quiet { Terminal.note(remark) }
        try check(entries, unit: unit, isAltered: alteration != nil)
        if !detection.quiet { entries.notes.say(of: names.count, unit: unit) }
        return entries
    }

    /// Where embeddings are kept; `nil` where that is not wanted, or can't be, which is said.
    private func cache(_ recognizer: Recognizer) async throws -> EmbeddingCache? {
        guard !noCache else { return nil }
        do {
            return try await ThreadPool.waiting.run { try EmbeddingCache(recognizer: recognizer, selection: face) }
        } catch RecognitionError.cacheUnusable(let path, let reason) {
            if !detection.quiet {
                Terminal.note("\(RecognitionError.cacheUnusable(path, reason: reason)); every picture is embedded anew")
            }
            return nil
        }
    }

    private func check(_ entries: Faces, unit: String, isAltered: Bool) throws {
        let readable = entries.readable
        guard !entries.pictures.isEmpty else { return }
        guard !readable.isEmpty, isAltered || readable.contains(where: { $0.face != nil }) else {
            let first = entries.notes.unreadable.first.map { "\($0.image): \($0.reason)" }
            throw Failure.nothingUsable(
                count: entries.pictures.count, unit: unit, first: first ?? "\(RecognitionError.noFace)")
        }
    }
}
