public import Faces

extension Recognizer {
    /// Analyzes many pictures, ``FaceFinderConfiguration/workers`` pictures at once.
    ///
    /// In a long list, the faces of several pictures are embedded together, which is cheaper.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: The faces wanted in each picture.
    /// - Returns: The results in the order of `sources`; a picture that can't be read is a failure among them.
    public func analyses(
        of sources: [PictureSource], selecting selection: FaceSelection = .all
    ) -> PictureResults<Analysis> {
        PictureResults(sources, atOnce: finder.configuration.picturesAtOnce, together: together(of: sources.count)) {
            await analyses(ofGroup: $0, selecting: selection)
        }
    }

    /// Analyzes pictures from an asynchronous sequence, which may be endless.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: The faces wanted in each picture.
    /// - Returns: The results in the order of `sources`; a picture that can't be read is a failure among them.
    public func analyses<Sources: AsyncSequence & Sendable>(
        of sources: Sources, selecting selection: FaceSelection = .all
    ) -> PictureResults<Analysis> where Sources.Element == PictureSource {
        PictureResults(sources, atOnce: finder.configuration.picturesAtOnce) {
            await analyses(ofGroup: $0, selecting: selection)
        }
    }

    private func analyses(
        ofGroup group: [PictureSource], selecting selection: FaceSelection
    ) async -> [Result<Analysis, any Error>] {
        let prepared = await mapUntilCancelled(group) { source in
            try await finder.prepare(
                bytes: source.read(limits: finder.limits), selecting: selection, aligningTo: embedder.template)
        }
        var analyses = await embedEach(prepared.compactMap { try? $0.get() }).makeIterator()
        return prepared.compactMap { picture in
            switch picture {
            case .success: analyses.next()
            case .failure(let error): .failure(error)
            }
        }
    }

    /// Returns how many of `count` pictures are embedded together.
    func together(of count: Int) -> Int { count >= Self.manyPictures ? Self.picturesTogether : 1 }

    /// The number of pictures from which it is worth loading a network for several faces.
    static let manyPictures = 64

    /// The number of faces that embedders process at once, if each picture has one face. With more, pictures would wait
    /// longer for each other.
    static let picturesTogether = 8
}
