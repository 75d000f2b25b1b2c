import Faces
import LikenessSupport

extension Recognizer {
    /// Embeds the faces of one picture.
    func embed(_ picture: PreparedPicture) async throws -> Analysis {
        try await embed([picture])[0]
    }

    /// Embeds the faces of all `pictures` together. Each picture's time is the share of its faces.
    private func embed(_ pictures: [PreparedPicture]) async throws -> [Analysis] {
        let crops = pictures.flatMap(\.crops)
        guard !crops.isEmpty else { return pictures.map { $0.analysis(embeddings: [], seconds: 0) } }
        let clock = ContinuousClock()
        let start = clock.now
        let embeddings = try await embedder.embeddings(of: crops)
        guard embeddings.count == crops.count else {
            throw FaceError.invalidEmbedding(
                "the embedder returned \(counted(embeddings.count, "embedding")) for \(counted(crops.count, "face"))")
        }
        // An embedder of one's own may contradict its card.
        for embedding in embeddings {
            guard embedding.model == embedder.card.identity else {
                throw FaceError.invalidEmbedding(
                    "it is of \(embedding.model), but the embedder's card is of \(embedder.card.identity)")
            }
            guard embedding.values.count == embedder.dimension else {
                throw FaceError.invalidEmbedding(
                    "\(embedding.values.count) values instead of the \(embedder.dimension) that the embedder states")
            }
        }
        let seconds = (clock.now - start).seconds / Double(crops.count)
        var rest = embeddings[...]
        return pictures.map { picture in
            let own = rest.prefix(picture.crops.count)
            rest = rest.dropFirst(own.count)
            return picture.analysis(embeddings: own, seconds: seconds * Double(own.count))
        }
    }

    /// Embeds the faces of all `pictures` together. If that fails, embeds them picture by picture, so that a face that
    /// can't be embedded is a failure of its own picture only. A cancellation doesn't interrupt it.
    func embedEach(_ pictures: [PreparedPicture]) async -> [Result<Analysis, any Error>] {
        switch await Task(operation: { try await embed(pictures) }).result {
        case .success(let analyses):
            return analyses.map { .success($0) }
        case .failure(let error):
            guard pictures.count > 1 else { return [.failure(error)] }
            var results: [Result<Analysis, any Error>] = []
            for picture in pictures { results += await embedEach([picture]) }
            return results
        }
    }
}
