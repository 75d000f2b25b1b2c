public import Faces
import LikenessSupport
import Pixels

extension Recognizer {
    /// Returns an entry with one embedded face for each picture, from the cache if it was embedded before.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: The face that represents a picture; must not be `.all`.
    ///   - alteration: The alteration applied to each picture first; `nil` for none.
    ///   - cache: The cache that is read and written; if `nil`, every picture is embedded.
    /// - Returns: The entries in the order of `sources`; a picture that can't be read is a failure among them.
    public func entries(
        of sources: [PictureSource], selecting selection: FaceSelection,
        altered alteration: PictureAlteration? = nil, cache: EmbeddingCache?
    ) -> PictureResults<EmbeddingCache.Entry> {
        PictureResults(sources, atOnce: finder.configuration.picturesAtOnce, together: together(of: sources.count)) {
            group in
            let looked = await mapUntilCancelled(group) { source in
                let bytes = try await source.read(limits: finder.limits)
                if let cache, let known = try await cache.look(for: bytes, altered: alteration?.identity) {
                    return LookedUp.known(known)
                }
                return .new(try await prepare(bytes, selecting: selection, altered: alteration), bytes)
            }
            var analyses = await embedEach(looked.compactMap { try? $0.get().picture }).makeIterator()
            var entries: [Result<EmbeddingCache.Entry, any Error>] = []
            for result in looked {
                switch result {
                case .failure(let error): entries.append(.failure(error))
                case .success(.known(let entry)): entries.append(.success(entry))
                case .success(.new(_, let bytes)):
                    guard let analysis = analyses.next() else { continue }
                    entries.append(await Self.kept(analysis, of: bytes, altered: alteration?.identity, in: cache))
                }
            }
            return entries
        }
    }

    /// Finds and crops the selected face of a picture, after altering it if requested.
    private func prepare(
        _ bytes: [UInt8], selecting selection: FaceSelection, altered alteration: PictureAlteration?
    ) async throws -> PreparedPicture {
        let template = embedder.template
        guard let alteration else {
            return try await finder.prepare(bytes: bytes, selecting: selection, aligningTo: template)
        }
        let image = try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes, limits: finder.limits) }
        var face: Landmarks?
        if alteration.needsFace {
            let found = try await finder.sequence.faces(in: SeenPicture(image), for: selection).faces
            face = selection.select(from: found, width: image.width, height: image.height).first?.landmarks
            guard face != nil else {
                let none = FoundFaces(
                    width: image.width, height: image.height, faceCount: 0, faces: [], enhancement: .none, remarks: [],
                    durations: StageDurations())
                return PreparedPicture(found: none, crops: [])
            }
        }
        // The seed depends only on the picture's content, so it is the same in every list with that picture.
        let seed = try SHA256(of: bytes).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return try await finder.prepare(
            try alteration.apply(image, face, seed), selecting: selection, aligningTo: template)
    }

    /// A picture found in the cache, or one whose faces must still be embedded.
    private enum LookedUp: Sendable {
        case known(EmbeddingCache.Entry)
        case new(PreparedPicture, [UInt8])

        var picture: PreparedPicture? {
            if case .new(let picture, _) = self { picture } else { nil }
        }
    }

    private static func kept(
        _ analysis: Result<Analysis, any Error>, of bytes: [UInt8], altered: String?,
        in cache: EmbeddingCache?
    ) async -> Result<EmbeddingCache.Entry, any Error> {
        // In a new task, so that a result already computed is stored even after a cancellation.
        await Task {
            let analysis = try analysis.get()
            let entry = EmbeddingCache.Entry(
                faceCount: analysis.faceCount, face: analysis.faces.first.map(EmbeddedFace.init),
                remarks: analysis.remarks)
            try await cache?.keep(entry, for: bytes, altered: altered)
            return entry
        }.result
    }
}

extension EmbeddingCache {
    /// Does the same as ``entry(for:altered:)``, on a separate thread: another process may have locked the database.
    fileprivate func look(for bytes: [UInt8], altered: String?) async throws -> Entry? {
        try await ThreadPool.waiting.run { try entry(for: bytes, altered: altered) }
    }

    /// Does the same as ``store(_:for:altered:)``, on a separate thread.
    fileprivate func keep(_ entry: Entry, for bytes: [UInt8], altered: String?) async throws {
        try await ThreadPool.waiting.run { try store(entry, for: bytes, altered: altered) }
    }
}
