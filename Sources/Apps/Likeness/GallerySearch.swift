/// A search in one gallery, with the gallery's own model and a fixed rule.
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
    /// The size of the gallery when the search was prepared.
    public let size: GallerySize
    /// The rule by which a candidate matches.
    public let rule: MatchRule
    /// The networks, with the gallery's own model.
    public let recognizer: Recognizer

    /// The faces of one picture, and the gallery's answers.
    public struct Result: Sendable, Hashable {
        /// One face and the gallery's answer.
        public struct IdentifiedFace: Sendable, Hashable {
            /// The face.
            public let observation: Observation
            /// The person, or unknown.
            public let answer: GalleryAnswer
        }

        /// The picture's analysis.
        public let analysis: Analysis
        /// The selected faces, in the order of the analysis.
        public let faces: [IdentifiedFace]
    }

    /// Finds the faces in a picture and identifies them.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: The faces that are wanted.
    /// - Returns: The result, without faces if none are found.
    /// - Throws: `ImageError` if the source is not a picture; `GalleryError`; errors of the engine.
    public func identify(_ picture: PictureSource, selecting selection: FaceSelection = .all) async throws -> Result {
        try await result(of: try await recognizer.analyze(picture, selecting: selection))
    }

    /// Identifies the faces of a picture that this search's recognizer has already analyzed.
    ///
    /// - Throws: `GalleryError`, for example if the faces were embedded by another model.
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
    ///   - policy: The policy for decisions; `nil` for the service's policy.
    ///   - pictures: The first pictures, if known: the detector is prepared for their sizes meanwhile.
    ///   - selection: The faces wanted in these pictures.
    /// - Throws: `GalleryError.noSuchGallery`; ``FaceServiceError/pinnedModelMissing(gallery:pinned:installed:)``;
    ///   errors of the policy, see ``DecisionPolicy/rule(for:in:)``.
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

    /// Finds the faces in a picture and identifies them. For many pictures, ``search(in:by:expecting:selecting:)`` is
    /// faster.
    ///
    /// - Throws: The errors of ``search(in:by:expecting:selecting:)`` and ``GallerySearch/identify(_:selecting:)``.
    public func identify(
        _ picture: PictureSource, in gallery: String, selecting selection: FaceSelection = .all,
        by policy: DecisionPolicy? = nil
    ) async throws -> [GallerySearch.Result.IdentifiedFace] {
        try await search(in: gallery, by: policy, expecting: [picture], selecting: selection)
            .identify(picture, selecting: selection).faces
    }
}

extension Installation {
    /// Returns the card of the gallery's model.
    ///
    /// - Throws: `FaceServiceError.pinnedModelMissing` if another version or none is installed.
    public func card(pinnedBy gallery: Gallery) throws -> ModelCard {
        let card: ModelCard
        do {
            card = try self.card(gallery.model.name, for: .embedding)
        } catch RecognitionError.unknownModel {
            throw FaceServiceError.pinnedModelMissing(
                gallery: gallery.info.name, pinned: gallery.model.description, installed: "no model of that name")
        }
        guard card.identity == gallery.model else {
            throw FaceServiceError.pinnedModelMissing(
                gallery: gallery.info.name, pinned: gallery.model.description, installed: card.identity.description)
        }
        return card
    }
}
