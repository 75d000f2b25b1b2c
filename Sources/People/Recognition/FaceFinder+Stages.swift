import Faces
import LikenessSupport
import Pixels

extension FaceFinder {
    /// Decodes a picture, finds its faces and crops the selected ones.
    ///
    /// - Parameter template: The alignment of the crops; if `nil`, faces are not cropped.
    func prepare(
        bytes: [UInt8], selecting selection: FaceSelection, aligningTo template: AlignmentTemplate?
    ) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let (file, overview, remarks) = try await DecoderThreads.run(for: bytes) {
            let file = try EncodedImage(bytes, limits: limits)
            let decoded = try file.decoded(reducedBy: file.reduction(keepingLongestSide: detector.longestSide))
            return (file, decoded.picture, decoded.remarks)
        }
        var prepared = try await prepare(
            SeenPicture(file: file, overview: overview), selecting: selection, aligningTo: template,
            decoding: clock.now - start)
        prepared.found.remarks = remarks
        return prepared
    }

    /// Finds the faces of `image` and crops the selected ones.
    func prepare(
        _ image: Image, selecting selection: FaceSelection, aligningTo template: AlignmentTemplate?
    ) async throws -> PreparedPicture {
        try await prepare(SeenPicture(image), selecting: selection, aligningTo: template, decoding: .zero)
    }

    /// Finds the faces of `picture` and crops the selected ones.
    ///
    /// - Parameter decoding: The time already spent on decoding the picture.
    private func prepare(
        _ picture: SeenPicture, selecting selection: FaceSelection, aligningTo template: AlignmentTemplate?,
        decoding: Duration
    ) async throws -> PreparedPicture {
        let clock = ContinuousClock()
        let start = clock.now
        let look = try await sequence.faces(in: picture, for: selection)
        // A detector of one's own may return anything.
        for face in look.faces { try face.check() }
        let detected = clock.now
        let selected = selection.select(from: look.faces, width: picture.width, height: picture.height)
        // All templates used for cropping, so that the decoded parts of the picture are large and fine enough for each
        // of them.
        let templates = [
            template, maskEstimator?.card.template, ageGroupEstimator?.card.template,
            qualityEstimator?.card.template,
            examiner.map { _ in FaceExaminer.template }, ContextVector.measuredTemplate,
        ].compactMap(\.self)
        let (parts, enhanced) = try await DecoderThreads.run(for: picture.format) {
            let parts = try picture.parts(for: selected, templates)
            guard look.enhancement != .none else { return (parts, parts) }
            return (parts, try picture.enhancedParts(look, for: selected, templates))
        }
        var faces: [FoundFace] = []
        var crops: [AlignedFace] = []
        for (index, face) in selected.enumerated() {
            let part = parts[index], local = face.local(in: part)
            let crop = try template.map { try face.aligned(in: enhanced[index], to: $0) }
            // The conditions are measured on the original picture, even if an enhanced one is embedded.
            let known = look.enhancement == .none ? crop?.context : nil
            var context = try known ?? ContextVector(of: face, in: part)
            context.maskProbability = try await maskEstimator?.maskProbabilities(of: [local], in: part.image).first
            context.childProbability = try await ageGroupEstimator?.childProbabilities(of: [local], in: part.image)
                .first
            // The quality predicts the embedding, so it is estimated from the picture that is embedded.
            let embedded = enhanced[index]
            context.quality = try await qualityEstimator?.qualities(
                of: [face.local(in: embedded)], in: embedded.image
            ).first
            if var crop {
                crop.context = context
                crops.append(crop)
            }
            var evidence = try await examiner?.evidence(
                for: [face.local(in: enhanced[index])], in: enhanced[index].image
            ).first
            if evidence != nil { evidence?.exposure = try FaceExposure(of: face, in: part) }
            faces.append(FoundFace(face: face, context: context, evidence: evidence, look: look.look(of: face)))
        }
        let durations = StageDurations(
            decode: decoding.seconds, detect: (detected - start).seconds, align: (clock.now - detected).seconds)
        return PreparedPicture(
            found: FoundFaces(
                width: picture.width, height: picture.height, faceCount: look.faces.count, faces: faces,
                enhancement: look.enhancement, remarks: [], durations: durations),
            crops: crops)
    }
}
