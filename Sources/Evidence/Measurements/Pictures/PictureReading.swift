import Evaluation
public import Faces
public import Foundation
import LikenessSupport
public import Recognition

/// How the pictures of a measurement are read and embedded.
public struct PictureReading: Sendable {
    /// The folder to which the lists' names are relative.
    public var folder: URL
    /// Which face stands for a picture; not all of them.
    public var selection: FaceSelection
    /// Whether embeddings are kept, and taken from where they were kept before.
    public var usesCache: Bool
    /// Watches what is done.
    public var observer: MeasurementObserver

    /// A way to read pictures.
    ///
    /// - Parameters:
    ///   - folder: The folder to which the lists' names are relative.
    ///   - selection: Which face stands for a picture.
    ///   - usesCache: Whether embeddings are kept, and taken from where they were kept before.
    ///   - observer: Watches what is done.
    public init(
        folder: URL, selection: FaceSelection = .center, usesCache: Bool = true,
        observer: MeasurementObserver = MeasurementObserver()
    ) {
        (self.folder, self.selection, self.usesCache, self.observer) = (folder, selection, usesCache, observer)
    }

    /// One face of each picture.
    ///
    /// - Parameters:
    ///   - names: What results call the pictures.
    ///   - urls: Their files, in the same order.
    ///   - recognizer: Finds the faces and embeds them.
    ///   - alteration: What is done to each picture first.
    ///   - unit: What progress counts.
    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)`` if no picture can be read, or if no unaltered one has a
    ///   face; what the observer throws; `CancellationError`. A picture that can't be read is no error.
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

    /// The place where embeddings are kept; `nil` if that is not wanted, or can't be, which the observer is told.
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

/// One face of each of some pictures.
public struct EmbeddedPictures: Sendable {
    /// A picture, as far as it could be read.
    public enum Picture: Sendable {
        /// Its face; `nil` if it has none.
        case read(EmbeddedFace?)
        /// The notes say why.
        case unreadable
    }

    /// In the order of the pictures.
    public internal(set) var pictures: [Picture] = []
    /// What is to be said of them.
    public internal(set) var notes = PictureNotes()

    /// The faces of those that could be read, with their places.
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
                count: pictures.count, unit: unit, first: first ?? "\(RecognitionError.noFace)")
        }
    }
}
