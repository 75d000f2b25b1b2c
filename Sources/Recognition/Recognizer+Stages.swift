import Faces
import Pixels

extension Recognizer {
    /// Decodes a picture, finds its faces and cuts out the selected ones.
    func prepare(bytes: [UInt8], selecting selection: FaceSelection) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let image = try Image(decoding: bytes, limits: limits)
        let decoding = clock.now - start
        return try await prepare(image, selecting: selection, decoding: decoding)
    }

    /// Finds the faces of `image` and cuts out the selected ones.
    ///
    /// - Parameter decoding: What was spent on the picture before.
    func prepare(
        _ image: Image, selecting selection: FaceSelection, decoding: Duration = .zero
    ) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let look = try await ladder.faces(in: image, by: detector)
        let detected = clock.now
        let selected = selection.select(from: look.faces, width: image.width, height: image.height)
        let template = embedder?.card.template
        let masks = try await maskEstimator?.maskProbabilities(of: selected, in: image)
        let evidence = try await examiner?.evidence(for: selected, in: look.image)
        let children = try await ageGroupEstimator?.childProbabilities(of: selected, in: image)
        let faces = try selected.enumerated().map { index, face in
            var crop = try template.map { try face.aligned(in: look.image, to: $0) }
            // How a face was seen is measured on the picture as it is, also where an enhanced one is embedded.
            let known = look.enhancement == .none ? crop?.context : nil
            var context = try known ?? ContextVector(of: face, in: image)
            context.maskProbability = masks?[index]
            context.childProbability = children?[index]
            crop?.context = context
            return PreparedPicture.PreparedFace(
                face: face, context: context, evidence: evidence?[index], crop: crop)
        }
        let durations = StageDurations(
            decode: decoding.seconds, detect: (detected - start).seconds, align: (clock.now - detected).seconds)
        return PreparedPicture(
            width: image.width, height: image.height, faceCount: look.faces.count, faces: faces,
            enhancement: look.enhancement, durations: durations)
    }

    /// Embeds the faces of one picture.
    func embed(_ picture: PreparedPicture) async throws -> Analysis {
        try await embed([picture])[0]
    }

    /// Embeds the faces of all `pictures` together; each picture's time is its faces' share.
    func embed(_ pictures: [PreparedPicture]) async throws -> [Analysis] {
        let crops = pictures.flatMap(\.crops)
        guard let embedder, !crops.isEmpty else { return pictures.map { $0.analysis(embeddings: [], seconds: 0) } }
        let clock = ContinuousClock()
        let start = clock.now
        let embeddings = try await embedder.embeddings(of: crops)
        let seconds = (clock.now - start).seconds / Double(crops.count)
        var rest = embeddings[...]
        return pictures.map { picture in
            let own = rest.prefix(picture.crops.count)
            rest = rest.dropFirst(own.count)
            return picture.analysis(embeddings: own, seconds: seconds * Double(own.count))
        }
    }

    /// Embeds the faces of all `pictures` together, and where that fails, picture by picture: a face that can't be
    /// embedded is its own picture's failure. A cancellation does not cut it short.
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
