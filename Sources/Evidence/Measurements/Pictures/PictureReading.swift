import Evaluation
public import Faces
public import Foundation
import LikenessSupport
public import Recognition

/// How the pictures of a measurement are read and embedded.
public struct PictureReading: Sendable {
    /// The folder to which the lists' names are relative.
    public var folder: URL
    /// The face that represents a picture; must not be `.all`.
    public var selection: FaceSelection
    /// Whether embeddings are stored in the cache, and taken from it.
    public var usesCache: Bool
    /// The observer of the progress.
    public var observer: MeasurementObserver

    /// Creates settings for reading pictures.
    ///
    /// - Parameters:
    ///   - folder: The folder to which the lists' names are relative.
    ///   - selection: The face that represents a picture.
    ///   - usesCache: Whether embeddings are stored in the cache, and taken from it.
    ///   - observer: Observes the progress.
    public init(
        folder: URL, selection: FaceSelection = .center, usesCache: Bool = true,
        observer: MeasurementObserver = MeasurementObserver()
    ) {
        (self.folder, self.selection, self.usesCache, self.observer) = (folder, selection, usesCache, observer)
    }

    /// Returns one face of each picture.
    ///
    /// - Parameters:
    ///   - names: The pictures' names in results.
    ///   - urls: Their files, in the same order.
    ///   - recognizer: Finds the faces and embeds them.
    ///   - alteration: The alteration applied to each picture first.
    ///   - unit: The name of the pictures for progress, in the plural.
    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)`` if no picture can be read, or if no unaltered
    ///   picture has a face; the errors of the observer; `CancellationError`. A picture that can't be read is not an
    ///   error.
    public func faces(
        of names: [String], at urls: [URL], by recognizer: Recognizer, altered alteration: PictureAlteration? = nil,
        unit: String = "pictures"
    ) async throws -> EmbeddedPictures {
        try observer.willRead(urls)
        let cache = try await cache(recognizer)
        var found = EmbeddedPictures()
        observer.observe(.began(count: names.count, unit: unit))
        do {
            defer { observer.observe(.ended) }
            let results = recognizer.entries(
                of: urls.map(PictureSource.file), selecting: selection, altered: alteration, cache: cache)
            for try await (index, result) in results {
                switch result {
                case .success(let entry):
                    found.pictures.append(.read(entry.face))
                    found.notes.add(entry.remarks, on: names[index])
                    observer.observe(.advanced(failed: entry.face == nil))
                case .failure(let error as CancellationError): throw error
                case .failure(let error):
                    found.pictures.append(.unreadable)
                    found.notes.addUnreadable(names[index], error)
                    observer.observe(.advanced(failed: true))
                }
            }
        }
        if let remark = cache?.remark { observer.observe(.remark(remark)) }
        try found.check(unit: unit, isAltered: alteration != nil)
        observer.observe(.read(found.notes, count: names.count, unit: unit))
        return found
    }

    /// Opens the cache of embeddings. Returns `nil` if it is not used or can't be opened; in the latter case the
    /// observer is informed.
    private func cache(_ recognizer: Recognizer) async throws -> EmbeddingCache? {
        guard usesCache else { return nil }
        do {
            return try await ThreadPool.waiting.run { try EmbeddingCache(recognizer: recognizer, selection: selection) }
        } catch RecognitionError.cacheUnusable(let path, let reason) {
            observer.observe(
                .remark("\(RecognitionError.cacheUnusable(path, reason: reason)); pictures are embedded again"))
            return nil
        }
    }
}

/// One face of each of several pictures.
public struct EmbeddedPictures: Sendable {
    /// A picture that was read, or could not be read.
    public enum Picture: Sendable {
        /// The face in the picture; `nil` if it has none.
        case read(EmbeddedFace?)
        /// The picture could not be read; the notes give the reason.
        case unreadable
    }

    /// The results, in the order of the pictures.
    public internal(set) var pictures: [Picture] = []
    /// Notes on the pictures.
    public internal(set) var notes = PictureNotes()

    /// The faces of the pictures that could be read, with their indices.
    public var readable: [(place: Int, face: EmbeddedFace?)] {
        pictures.enumerated().compactMap { place, picture in
            if case .read(let face) = picture { (place, face) } else { nil }
        }
    }

    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)``.
    func check(unit: String, isAltered: Bool) throws {
        let readable = readable
        guard !pictures.isEmpty else { return }
        guard !readable.isEmpty, isAltered || readable.contains(where: { $0.face != nil }) else {
            let first = notes.unreadable.first.map { "\($0.image): \($0.reason)" }
            throw MeasurementError.nothingUsable(
                count: pictures.count, unit: unit, first: first ?? RecognitionError.noFace.problem)
        }
    }
}
