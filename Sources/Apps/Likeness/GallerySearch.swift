/// Searches in one gallery, by the model that it pins and by one rule.
///
/// ```swift
/// let search = try await service.search(in: "staff")
/// for face in try await search.identify(.file(photo)).faces {
///     switch face.answer.identification {
///     case .identified(let candidate): print(candidate.person.name, face.answer.decision?.probability ?? 0)
///     case .unknown: print("unknown")
///     }
/// }
/// ```
public struct GallerySearch: Sendable {
    /// The gallery.
    public let gallery: Gallery
    /// Its size when the search was made.
    public let size: GallerySize
    /// The rule by which a candidate is a match.
    public let rule: MatchRule
    /// The networks: the gallery's own model.
    public let recognizer: Recognizer

    /// The faces of one picture, and who they are.
    public struct Result: Sendable, Hashable {
        /// One face and the gallery's answer.
        public struct IdentifiedFace: Sendable, Hashable {
            /// The face.
            public let observation: Observation
            /// Who it is, as far as the gallery can tell.
            public let answer: GalleryAnswer
        }

        /// The picture's analysis.
        public let analysis: Analysis
        /// The selected faces, in the order of the analysis.
        public let faces: [IdentifiedFace]
    }

    /// Finds the faces of a picture and says who they are.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: Which of its faces are wanted.
    /// - Returns: No faces if none was found.
    /// - Throws: `ImageError` if it is no picture; `GalleryError`; errors of the engine.
    public func identify(_ picture: PictureSource, selecting selection: FaceSelection = .all) async throws -> Result {
        try await result(of: try await recognizer.analyze(picture, selecting: selection))
    }

    /// Says who the faces of a picture are that was analyzed by this search's recognizer.
    ///
    /// - Throws: `GalleryError`, for example if another model embedded the faces.
    public func result(of analysis: Analysis) async throws -> Result {
        let answers = try await gallery.identify(analysis.faces.map(EmbeddedFace.init), by: rule)
        return Result(
            analysis: analysis,
            faces: zip(analysis.faces, answers).map { Result.IdentifiedFace(observation: $0, answer: $1) })
    }
}

extension FaceService {
    /// Prepares searches in a gallery of the service's store.
    ///
    /// - Parameters:
    ///   - name: The gallery.
    ///   - policy: How similarities become decisions; the service's policy if it is `nil`.
    ///   - pictures: The first pictures, if they are known: the detector is made ready for their sizes meanwhile.
    ///   - selection: Which of their faces are wanted.
    /// - Throws: `GalleryError.noSuchGallery`; ``FaceServiceError/pinnedModelMissing(gallery:pinned:installed:)``;
    ///   errors of the policy, as ``DecisionPolicy/rule(for:in:)``.
    public func search(
        in name: String, by policy: DecisionPolicy? = nil, expecting pictures: [PictureSource] = [],
        selecting selection: FaceSelection = .all
    ) async throws -> GallerySearch {
        let gallery = try await gallery(name)
        let card = try installation.card(pinnedBy: gallery)
        let size = try await gallery.size()
        let rule = try (policy ?? configuration.policy).rule(for: card, in: size)
        return GallerySearch(
            gallery: gallery, size: size, rule: rule,
            recognizer: try await recognizer(model: card.name, expecting: pictures, selecting: selection))
    }

    /// Finds the faces of a picture and says who they are; ``search(in:by:expecting:selecting:)`` is the quicker way for many
    /// pictures.
    ///
    /// - Throws: As ``search(in:by:expecting:selecting:)`` and ``GallerySearch/identify(_:selecting:)``.
    public func identify(
        _ picture: PictureSource, in gallery: String, selecting selection: FaceSelection = .all,
        by policy: DecisionPolicy? = nil
    ) async throws -> [GallerySearch.Result.IdentifiedFace] {
        try await search(in: gallery, by: policy, expecting: [picture], selecting: selection)
            .identify(picture, selecting: selection).faces
    }
}

extension Installation {
    /// The card of the model that `gallery` pins.
    ///
    /// - Throws: `FaceServiceError.pinnedModelMissing` if another version is installed;
    ///   `RecognitionError.unknownModel` if none is.
    public func card(pinnedBy gallery: Gallery) throws -> ModelCard {
        let card = try card(gallery.model.name)
        guard card.identity == gallery.model else {
            throw FaceServiceError.pinnedModelMissing(
                gallery: gallery.info.name, pinned: gallery.model.description, installed: card.identity.description)
        }
        return card
    }
}
