extension Recognizer {
    /// One face of each picture, embedded, or taken from the cache where it was embedded before.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: Which face stands for a picture; not all of them.
    ///   - cache: Where embeddings are looked up and kept; `nil` embeds every picture anew.
    ///   - deliver: Takes the picture's index and its entry, in order; a picture that can't be read is a failure.
    /// - Throws: What `deliver` throws; `CancellationError` where pictures were left out.
    public func entries(
        of sources: [PictureSource], selecting selection: FaceSelection, cache: EmbeddingCache?,
        deliver: (Int, Result<EmbeddingCache.Entry, any Error>) async throws -> Void
    ) async throws {
        try await mapInOrder(
            sources, atOnce: configuration.workers,
            transform: { source in
                let bytes = try source.read(limits: limits)
                if let known = try cache?.entry(for: bytes) { return known }
                let analysis = try await analyze(bytes: bytes, selecting: selection)
                let entry = EmbeddingCache.Entry(
                    faceCount: analysis.faceCount, embedding: analysis.faces.first?.embedding)
                try cache?.store(entry, for: bytes)
                return entry
            }, deliver: deliver)
    }
}
