public import Faces

extension Recognizer {
    /// Analyzes many pictures, `configuration.workers` at once, and hands over each result in the order of `sources`.
    ///
    /// Of a long list the faces of several pictures are embedded together, which is cheaper. One bad picture is one
    /// failure among the results. When the task is cancelled, what is under way is finished and handed over, and nothing
    /// more is begun.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: Which faces of each are wanted.
    ///   - deliver: Takes the picture's index in `sources` and its result.
    /// - Throws: What `deliver` throws; `CancellationError` where pictures were left out.
    public func analyze(
        _ sources: [PictureSource], selecting selection: FaceSelection = .all,
        deliver: (Int, Result<Analysis, any Error>) async throws -> Void
    ) async throws {
        try await mapInOrder(
            sources, atOnce: configuration.workers, together: together(of: sources.count),
            transform: { group in
                let prepared = await mapUntilCancelled(group) { source in
                    try await prepare(bytes: source.read(limits: limits), selecting: selection)
                }
                var analyses = await embedEach(prepared.compactMap { try? $0.get() }).makeIterator()
                return prepared.compactMap { picture in
                    switch picture {
                    case .success: analyses.next()
                    case .failure(let error): .failure(error)
                    }
                }
            }, deliver: deliver)
    }

    /// How many of `count` pictures are embedded together.
    func together(of count: Int) -> Int {
        embedder != nil && count >= Self.manyPictures ? Self.picturesTogether : 1
    }

    /// From as many pictures on, a network for several faces is worth its loading.
    static let manyPictures = 64

    /// As many faces as embedders run at a time, where each picture has one; more would wait longer for each other.
    static let picturesTogether = 8
}
