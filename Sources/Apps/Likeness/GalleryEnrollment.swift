import Logging

/// The requirements for faces to enroll, and the data to store with the person.
public struct EnrollmentOptions: Sendable, Hashable {
    /// The model for a new or empty gallery; `nil` for the service's model. A gallery with people keeps its model.
    public var model: String?
    /// The person's id; `nil` for the one person with this name, or a new person.
    public var id: Person.ID?
    /// The metadata to set for the person; other keys do not change.
    public var metadata: [String: String] = [:]
    /// The strictness of the enrollment gate.
    public var gate: EnrollmentPolicy.Mode = .standard
    /// The minimum confidence of the detector, 0...1; `nil` for the gate's limit.
    public var leastConfidence: Float?
    /// The minimum quality of the face, 0...1; `nil` for the gate's limit.
    public var leastQuality: Float?
    /// The face to enroll if a picture has several; if `nil`, such a picture is refused.
    public var face: FaceSelection?
    /// The policy by which a face is refused because it matches another person in the gallery. If `nil`, at most 1 of
    /// 100 new people is refused wrongly, or the lowest share that the model's card supports.
    public var otherPerson: DecisionPolicy?

    /// Creates the default options, with the gate's standard mode.
    public init() {}
}

/// Enrolls pictures of one person into one gallery.
///
/// ```swift
/// let enrollment = try await service.enrollment(of: "Ada Lovelace", into: "staff")
/// for url in photos {
///     do { print(try await enrollment.enroll(.file(url)).template.id) } catch { print(url.lastPathComponent, error) }
/// }
/// ```
public struct GalleryEnrollment: Sendable {
    /// The person's name.
    public let person: String
    /// The gallery, which exists in the store.
    public let gallery: Gallery
    /// The requirements of the enrollment gate.
    public let policy: EnrollmentPolicy
    /// The gate's limit for similarity to other people, if it is the default one or a rate of false alarms; `nil` if it is
    /// a false match rate or a threshold, or if the gate is off.
    public let otherPersonLimit: OtherPersonLimit?
    /// The size of the gallery when the enrollment was prepared.
    public let size: GallerySize
    /// The networks, with the gallery's own model.
    public let recognizer: Recognizer
    let options: EnrollmentOptions
    let logger: Logger

    /// Finds the face in a picture, checks it, and adds it to the person. The change is on the disk when the method
    /// returns.
    ///
    /// - Throws: `GalleryError.enrollmentRefused` with all issues found by the gate; `RecognitionError.noFace`;
    ///   `RecognitionError.severalFaces` if the gate is off and no face was selected; `ImageError`; `GalleryError`.
    public func enroll(_ picture: PictureSource) async throws -> Enrollment {
        try await enroll(try await recognizer.analyze(picture), of: picture.name)
    }

    /// Adds the face of a picture that this enrollment's recognizer has already analyzed. The analysis must include all
    /// its faces.
    ///
    /// - Parameters:
    ///   - analysis: The analysis of the picture.
    ///   - label: The picture's name, which is stored with the template.
    /// - Throws: The errors of ``enroll(_:)``.
    public func enroll(_ analysis: Analysis, of label: String) async throws -> Enrollment {
        var metadata: Logger.Metadata = ["gallery": "\(gallery.info.name)"]
        do {
            let enrollment = try await add(analysis, of: label)
            metadata["template"] = "\(enrollment.template.id)"
            logger.info("picture enrolled", metadata: metadata)
            return enrollment
        } catch let error as GalleryError {
            if case .enrollmentRefused(let issues) = error {
                metadata["issues"] = .array(issues.map { "\($0.kind.rawValue)" })
                logger.info("picture refused", metadata: metadata)
            }
            throw error
        }
    }

    /// Returns the face that is enrolled; `nil` if there is none.
    public func face(of analysis: Analysis) -> Observation? {
        let selected = (options.face ?? .center)
            .select(from: analysis.faces.map(\.face), width: analysis.width, height: analysis.height)
        return selected.first.flatMap { chosen in analysis.faces.first { $0.face == chosen } }
    }

    private func add(_ analysis: Analysis, of label: String) async throws -> Enrollment {
        let faces = analysis.faces.map(\.face)
        guard let observation = face(of: analysis) else { throw RecognitionError.noFace }
        let chosen = observation.face
        // Otherwise the gate reports this among its issues.
        if policy.mode == .off, options.face == nil, faces.count > 1 {
            throw RecognitionError.severalFaces(faces.count)
        }
        // The crop of a face on its side is upright, so only the rest of its roll counts.
        var context = observation.context
        context.roll = (context.roll - Float(observation.look.turned)).remainder(dividingBy: 360)
        return try await gallery.enroll(
            person, observation.embedding, id: options.id, metadata: options.metadata,
            from: EnrollmentSource(
                label: label, faces: faces, context: context,
                shareOutside: chosen.shareOutside(width: analysis.width, height: analysis.height),
                evidence: observation.evidence),
            policy: policy)
    }
}

extension FaceService {
    /// Prepares to enroll pictures of a person. The gallery is created if it doesn't exist; an empty gallery of another
    /// model is replaced if a model is specified.
    ///
    /// - Parameters:
    ///   - person: The person's name.
    ///   - name: The gallery.
    ///   - options: The requirements for faces, and the data to store.
    /// - Throws: `GalleryError.invalidName`, before anything is created;
    ///   ``FaceServiceError/otherModelPinned(gallery:pinned:asked:)``; errors of the installation and of the store.
    public func enrollment(
        of person: String, into name: String, options: EnrollmentOptions = EnrollmentOptions()
    ) async throws -> GalleryEnrollment {
        let person = try GalleryName.checked(person, of: "the person's name")
        _ = try options.id.map { try GalleryName.checked($0, of: "the person's id") }
        let name = try GalleryName.checked(name, of: "the gallery's name")
        if let least = options.leastConfidence, !(0...1).contains(least) {
            throw FaceServiceError.outOfRange("leastConfidence", "from 0 to 1")
        }
        if let least = options.leastQuality, !(0...1).contains(least) {
            throw FaceServiceError.outOfRange("leastQuality", "from 0 to 1")
        }
        guard let store else { throw FaceServiceError.noStore }
        let existing = try await store.galleries().contains { $0.name == name } ? store.gallery(name) : nil
        let card = try await model(options.model, for: existing)
        let recognizer = try await recognizer(model: card.name, examines: options.gate != .off)
        if options.leastQuality != nil, options.gate != .off, recognizer.finder.qualityEstimator == nil {
            throw FaceServiceError.noQuality
        }
        let dimension = recognizer.embedder.dimension
        guard GalleryInfo.dimensions.contains(dimension) else {
            throw FaceServiceError.noDimension(model: card.name)
        }
        // Errors in the options must be reported before a gallery is created.
        _ = try policy(options, card, in: GallerySize(people: 0, templates: 0))
        // Another process may have created the gallery in the meantime.
        let gallery = try await store.openOrCreateGallery(name, model: card.identity, dimension: dimension)
        let size = try await gallery.size()
        let (policy, limit) = try policy(options, card, in: size)
        return GalleryEnrollment(
            person: person, gallery: gallery, policy: policy, otherPersonLimit: limit, size: size,
            recognizer: recognizer, options: options, logger: logger)
    }

    /// Enrolls one picture of a person. For many pictures, ``enrollment(of:into:options:)`` is faster.
    ///
    /// - Throws: The errors of ``enrollment(of:into:options:)`` and ``GalleryEnrollment/enroll(_:)``.
    @discardableResult
    public func enroll(
        _ person: String, from picture: PictureSource, into gallery: String,
        options: EnrollmentOptions = EnrollmentOptions()
    ) async throws -> Enrollment {
        try await enrollment(of: person, into: gallery, options: options).enroll(picture)
    }

    /// Returns the gallery's model; for a new or empty gallery, the requested one.
    private func model(_ asked: String?, for gallery: Gallery?) async throws -> ModelCard {
        let isEmpty = try await gallery?.size().isEmpty ?? true
        guard let gallery, asked == nil || !isEmpty else {
            let name = asked ?? configuration.recognizer.model ?? installation.defaultModel
            return try installation.card(name, for: .embedding)
        }
        let card = try installation.card(pinnedBy: gallery)
        if let asked, asked != card.name {
            throw FaceServiceError.otherModelPinned(gallery: gallery.info.name, pinned: card.name, asked: asked)
        }
        return card
    }

    private func policy(
        _ options: EnrollmentOptions, _ card: ModelCard, in size: GallerySize
    ) throws -> (EnrollmentPolicy, OtherPersonLimit?) {
        var limit: OtherPersonLimit?
        var rule: MatchRule?
        if options.gate != .off {
            switch options.otherPerson?.basis {
            case nil:
                limit = try OtherPersonLimit(in: size, by: card)
                rule = limit?.rule
            case .falseAlarmRate(let rate):
                limit = try OtherPersonLimit(rate, in: size, by: card)
                rule = limit?.rule
            case .falseMatchRate, .threshold: rule = try options.otherPerson?.rule(for: card)
            }
        }
        var policy = EnrollmentPolicy(
            mode: options.gate, otherPerson: rule,
            // A card without measured error rates has no limits for the similarity to a person's own pictures.
            ownPictures: EnrollmentPolicy.ownPictures(of: options.gate, by: card))
        if let leastConfidence = options.leastConfidence { policy.leastConfidence = leastConfidence }
        if let leastQuality = options.leastQuality { policy.leastQuality = leastQuality }
        policy.allowsSeveralFaces = options.face != nil
        return (policy, limit)
    }
}
