/// What to ask of the faces that are enrolled, and what to keep with the person.
public struct EnrollmentOptions: Sendable, Hashable {
    /// The model of a gallery that is new or empty; `nil` for the service's. A gallery with people keeps its own.
    public var model: String?
    /// The person's id; `nil` for the one person of the name, or a new one.
    public var id: Person.ID?
    /// Notes to set in the person's metadata; other keys stay.
    public var metadata: [String: String] = [:]
    /// How much the gate asks of a picture.
    public var gate: EnrollmentPolicy.Mode = .standard
    /// How sure the detector must be of a face, 0...1; `nil` for the gate's own limit.
    public var leastConfidence: Float?
    /// Which face of a picture with several is meant; `nil` refuses such a picture.
    public var face: FaceSelection?
    /// The limit from which a face is taken for another person of the gallery, and refused. `nil`: at most 1 of 100 new
    /// people is refused, or as few as the model's card can promise.
    public var otherPerson: DecisionPolicy?

    /// The usual options: the gate's standard mode.
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
    /// The gallery; it exists.
    public let gallery: Gallery
    /// The gate.
    public let policy: EnrollmentPolicy
    /// The promise that the gate keeps about other people, if nothing else was asked for; `nil` otherwise.
    public let otherPersonLimit: OtherPersonLimit?
    /// The gallery's size when the enrollment was made.
    public let size: GallerySize
    /// The networks: the gallery's own model.
    public let recognizer: Recognizer
    let options: EnrollmentOptions

    /// Finds the face of a picture, lets the gate look at it, and adds it to the person. It is on the disk on return.
    ///
    /// - Throws: `GalleryError.enrollmentRefused` with all reasons of the gate; `RecognitionError.noFace`;
    ///   `RecognitionError.severalFaces` if the gate is off and no face was selected; `ImageError`; `GalleryError`.
    public func enroll(_ picture: PictureSource) async throws -> Enrollment {
        try await enroll(try await recognizer.analyze(picture), of: picture.name)
    }

    /// Adds the face of a picture that was analyzed, with all its faces, by this enrollment's recognizer.
    ///
    /// - Parameters:
    ///   - analysis: The picture's faces.
    ///   - label: The picture's name, which is kept with the template.
    /// - Throws: As ``enroll(_:)``.
    public func enroll(_ analysis: Analysis, of label: String) async throws -> Enrollment {
        let faces = analysis.faces.map(\.face)
        let selected = (options.face ?? .center).select(from: faces, width: analysis.width, height: analysis.height)
        guard let chosen = selected.first, let observation = analysis.faces.first(where: { $0.face == chosen }) else {
            throw RecognitionError.noFace
        }
        // If there is a gate, it says so among its other reasons.
        if policy.mode == .off, options.face == nil, faces.count > 1 {
            throw RecognitionError.severalFaces(faces.count)
        }
        return try await gallery.enroll(
            person, observation.embedding, id: options.id, metadata: options.metadata,
            from: EnrollmentSource(
                label: label, faces: faces, context: observation.context,
                shareOutside: chosen.shareOutside(width: analysis.width, height: analysis.height),
                evidence: observation.evidence),
            policy: policy)
    }
}

extension FaceService {
    /// Prepares to enroll pictures of a person. The gallery is made if there is none; an empty gallery of another model is
    /// replaced if a model is named.
    ///
    /// - Parameters:
    ///   - person: The person's name.
    ///   - name: The gallery.
    ///   - options: What to ask of the faces, and what to keep.
    /// - Throws: `GalleryError.invalidName`, before anything is made;
    ///   ``FaceServiceError/otherModelPinned(gallery:pinned:asked:)``; errors of the installation and of the store.
    public func enrollment(
        of person: String, into name: String, options: EnrollmentOptions = EnrollmentOptions()
    ) async throws -> GalleryEnrollment {
        let person = try GalleryName.checked(person, of: "the person's name")
        _ = try options.id.map { try GalleryName.checked($0, of: "the person's id") }
        let name = try GalleryName.checked(name, of: "the gallery's name")
        if let least = options.leastConfidence, !(0...1).contains(least) {
            throw FaceServiceError.outOfRange("leastConfidence", "0 to 1")
        }
        guard let store else { throw FaceServiceError.noStore }
        let existing = try await store.galleries().contains { $0.name == name } ? store.gallery(name) : nil
        let card = try await model(options.model, for: existing)
        let recognizer = try await recognizer(model: card.name, examines: options.gate != .off)
        let dimension = recognizer.embedder.dimension
        guard GalleryInfo.dimensions.contains(dimension) else {
            throw FaceServiceError.noDimension(model: card.name)
        }
        // Whatever is wrong with the options is said before a gallery is made for them.
        _ = try policy(options, card, in: GallerySize(people: 0, templates: 0))
        // Another process may have made the gallery in the meantime.
        let gallery = try await store.openOrCreateGallery(name, model: card.identity, dimension: dimension)
        let size = try await gallery.size()
        let (policy, limit) = try policy(options, card, in: size)
        return GalleryEnrollment(
            person: person, gallery: gallery, policy: policy, otherPersonLimit: limit, size: size,
            recognizer: recognizer, options: options)
    }

    /// Enrolls one picture of a person; ``enrollment(of:into:options:)`` is the quicker way for many pictures.
    ///
    /// - Throws: As ``enrollment(of:into:options:)`` and ``GalleryEnrollment/enroll(_:)``.
    @discardableResult
    public func enroll(
        _ person: String, from picture: PictureSource, into gallery: String,
        options: EnrollmentOptions = EnrollmentOptions()
    ) async throws -> Enrollment {
        try await enrollment(of: person, into: gallery, options: options).enroll(picture)
    }

    /// The gallery's model; for a gallery that is new or empty, the one that was asked for.
    private func model(_ asked: String?, for gallery: Gallery?) async throws -> ModelCard {
        let isEmpty = try await gallery?.size().isEmpty ?? true
        guard let gallery, asked == nil || !isEmpty else {
            return try installation.card(asked ?? configuration.recognizer.model)
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
            case .falseAlarmRate(let rate): rule = try OtherPersonLimit(rate, in: size, by: card).rule
            case .falseMatchRate, .threshold: rule = try options.otherPerson?.rule(for: card)
            }
        }
        var policy = EnrollmentPolicy(
            mode: options.gate, otherPerson: rule,
            // A card without figures doesn't say how alike one person's pictures are.
            ownPictures: EnrollmentPolicy.ownPictures(of: options.gate, by: card))
        if let leastConfidence = options.leastConfidence { policy.leastConfidence = leastConfidence }
        policy.allowsSeveralFaces = options.face != nil
        return (policy, limit)
    }
}
