/// The comparison of one face of a picture with one of another picture.
public struct Verification: Sendable, Hashable {
    /// One of the two pictures.
    public struct Side: Sendable, Hashable {
        /// The picture's name: its path as given, or `-`.
        public let picture: String
        /// The number of faces that the detector found. Beside a large face, small ones are not searched for.
        public let faceCount: Int
        /// The face that was compared.
        public let face: Observation
        /// What was done to the picture before the face was found in it.
        public let enhancement: AppliedEnhancement
        /// Faults of the picture's file that did not keep it from being read.
        public let remarks: [ImageRemark]
    }

    /// Whether the faces are one person's, with similarity, threshold and probability.
    public let decision: MatchDecision
    /// The probability of a match before the faces were compared, as the policy has it.
    public let prior: Double
    /// The embedding model.
    public let model: ModelIdentity
    /// The detector's name.
    public let detector: String
    /// The numbers in which the networks ran, such as `bf16`; `f32+bf16` if detector and embedder differ.
    public let precision: String
    /// The first picture.
    public let a: Side
    /// The second picture.
    public let b: Side
}

extension FaceService {
    /// Compares the face of one picture with that of another.
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
    ///   - selection: Which face of a picture with several is compared: ``/Faces/FaceSelection/center`` or
    ///     ``/Faces/FaceSelection/largest``. With ``/Faces/FaceSelection/all``, the face that the detector is surest of.
    ///   - policy: How the similarity becomes a decision; the service's policy if it is `nil`.
    ///   - remarked: Called with the remarks on each picture as soon as it is read, also if no face is found in it.
    /// - Throws: ``PictureError`` with the name of the picture that can't be used, for example because no face was found;
    ///   errors of the policy, as ``DecisionPolicy/rule(for:)``; errors of the installation.
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
