import Faces
import Pixels

extension Recognizer {
    /// Decodes a picture, finds its faces and cuts out the selected ones.
    func prepare(bytes: [UInt8], selecting selection: FaceSelection) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let (file, overview, remarks) = try await DecoderThreads.run(for: bytes) {
            let file = try EncodedImage(bytes, limits: limits)
            let decoded = try file.decoded(reducedBy: file.reduction(keepingLongestSide: detector.longestSide))
            return (file, decoded.picture, decoded.remarks)
        }
        var prepared = try await prepare(
            SeenPicture(file: file, overview: overview), selecting: selection, decoding: clock.now - start)
        prepared.remarks = remarks
        return prepared
    }

    /// Finds the faces of `image` and cuts out the selected ones.
    func prepare(_ image: Image, selecting selection: FaceSelection) async throws -> PreparedPicture {
        try await prepare(SeenPicture(image), selecting: selection, decoding: .zero)
    }

    /// Finds the faces of `picture` and cuts out the selected ones.
    ///
    /// - Parameter decoding: What was spent on the picture before.
    private func prepare(
        _ picture: SeenPicture, selecting selection: FaceSelection, decoding: Duration
    ) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let look = try await ladder.faces(in: picture.overview, by: detector, for: selection)
        let detected = clock.now
        let selected = selection.select(from: look.faces, width: picture.width, height: picture.height)
        let template = embedder?.card.template
        // Everything that is cut out of the picture, so that parts of it are read large and fine enough for all of it.
        let templates = [
            template, maskEstimator?.card.template, ageGroupEstimator?.card.template,
            examiner.map { _ in FaceExaminer.template }, ContextVector.measuredTemplate,
        ].compactMap(\.self)
        let (parts, enhanced) = try await DecoderThreads.run(for: picture.format) {
            let parts = try picture.parts(for: selected, templates)
            guard look.enhancement != .none else { return (parts, parts) }
            return (parts, try picture.enhancedParts(look, for: selected, templates))
        }
        var faces: [PreparedPicture.PreparedFace] = []
        for (index, face) in selected.enumerated() {
            let part = parts[index], local = face.local(in: part)
            var crop = try template.map { try face.aligned(in: enhanced[index], to: $0) }
            // How a face was seen is measured on the picture as it is, also where an enhanced one is embedded.
            let known = look.enhancement == .none ? crop?.context : nil
            var context = try known ?? ContextVector(of: face, in: part)
            context.maskProbability = try await maskEstimator?.maskProbabilities(of: [local], in: part.image).first
            context.childProbability = try await ageGroupEstimator?.childProbabilities(of: [local], in: part.image)
                .first
            crop?.context = context
            var evidence = try await examiner?.evidence(
                for: [face.local(in: enhanced[index])], in: enhanced[index].image
            ).first
            if evidence != nil { evidence?.exposure = try FaceExposure(of: face, in: part) }
            faces.append(
                PreparedPicture.PreparedFace(face: face, context: context, evidence: evidence, crop: crop))
        }
        let durations = StageDurations(
            decode: decoding.seconds, detect: (detected - start).seconds, align: (clock.now - detected).seconds)
        return PreparedPicture(
            width: picture.width, height: picture.height, faceCount: look.faces.count, faces: faces,
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
