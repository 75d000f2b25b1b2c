/// The comparison of a face in one picture with a face in another.
public struct Verification: Sendable, Hashable {
    /// One of the two pictures.
    public struct Side: Sendable, Hashable {
        /// The picture's name: its path as given, or `-`.
        public let picture: String
        /// The number of faces the detector found. If the face is large, small faces are not searched for.
        public let faceCount: Int
        /// The face that was compared.
        public let face: Observation
        /// The enhancement of the picture in which the face was found.
        public let enhancement: AppliedEnhancement
        /// Minor defects of the picture's file that didn't prevent it from being read.
        public let remarks: [ImageRemark]
    }

    /// The decision whether the faces belong to the same person, with similarity, threshold and probability.
    public let decision: MatchDecision
    /// The prior probability of a match, from the policy.
    public let prior: Double
    /// The embedding model.
    public let model: ModelIdentity
    /// The detector's name.
    public let detector: String
    /// The precision with which the networks ran, such as `bf16`; `f32+bf16` if detector and embedder differ.
    public let precision: String
    /// The first picture.
    public let a: Side
    /// The second picture.
    public let b: Side
}

extension FaceService {
    /// Compares the face in one picture with the face in another.
    ///
    /// ```swift
    /// let service = try FaceService()
    /// let answer = try await service.verify(.file(passport), .file(selfie))
    /// print(answer.decision.isMatch, answer.decision.similarity, answer.decision.probability ?? "no probability")
    /// ```
    ///
    /// - Parameters:
    ///   - a: A picture.
    ///   - b: Another picture.
    ///   - selection: The face to compare if a picture has several: ``/Faces/FaceSelection/center`` or
    ///     ``/Faces/FaceSelection/largest``. With ``/Faces/FaceSelection/all``, the face with the highest confidence.
    ///   - policy: The policy for the decision; `nil` for the service's policy.
    ///   - remarked: Called with the remarks on each picture as soon as it is read, even if no face is found in it.
    /// - Throws: ``PictureError`` with the name of the picture that can't be used, for example because no face was
    ///   found; errors of the policy, see ``DecisionPolicy/rule(for:)``; errors of the installation.
    public func verify(
        _ a: PictureSource, _ b: PictureSource, selecting selection: FaceSelection = .center,
        by policy: DecisionPolicy? = nil, remarked: (PictureSource, [ImageRemark]) -> Void = { _, _ in }
    ) async throws -> Verification {
        let recognizer = try await recognizer(expecting: [a, b], selecting: selection)
        let rule = try (policy ?? configuration.policy).rule(for: recognizer.embedder.card)
        let (first, second) = (
            try await side(a, selecting: selection, by: recognizer, remarked),
            try await side(b, selecting: selection, by: recognizer, remarked)
        )
        return Verification(
            decision: try rule.decide(EmbeddedFace(first.face), EmbeddedFace(second.face)), prior: rule.prior,
            model: recognizer.embedder.card.identity, detector: recognizer.finder.detector.name,
            precision: recognizer.precision, a: first, b: second)
    }

    private func side(
        _ picture: PictureSource, selecting selection: FaceSelection, by recognizer: Recognizer,
        _ remarked: (PictureSource, [ImageRemark]) -> Void
    ) async throws -> Verification.Side {
        do {
            let analysis = try await recognizer.analyze(picture, selecting: selection)
            remarked(picture, analysis.remarks)
            guard let face = analysis.faces.first else { throw RecognitionError.noFace }
            return Verification.Side(
                picture: picture.name, faceCount: analysis.faceCount, face: face, enhancement: analysis.enhancement,
                remarks: analysis.remarks)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw PictureError(picture.name, error)
        }
    }
}
