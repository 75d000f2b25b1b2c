public import FaceNetworks
import Inference

/// An explanation of the similarity of two faces.
///
/// ```swift
/// let explanation = try await FaceService().explain(.file(first), .file(second))
/// for share in explanation.a.map.shares.prefix(3) { print(share.region.name, share.support) }
/// try explanation.figure().write(to: URL(filePath: "why.png"))
/// ```
public struct Explanation: Sendable {
    /// One of the two faces.
    public struct Side: Sendable {
        /// The picture's name: its path as given, or `-`.
        public let picture: String
        /// The number of faces the detector found.
        public let faceCount: Int
        /// The crop of the face, as the embedder sees it.
        public let crop: AlignedFace
        /// The embedding of the face.
        public let embedding: Embedding
        /// The enhancement of the picture in which the face was found.
        public let enhancement: AppliedEnhancement
        /// Minor defects of the picture's file that didn't prevent it from being read.
        public let remarks: [ImageRemark]
        /// The map of how much similarity is lost when each part of the face is hidden.
        public let map: SimilarityMap
        /// The network's own attention maps; `nil` unless requested.
        public let attention: [AttentionMap]?
    }

    /// The decision whether the faces belong to the same person.
    public let decision: MatchDecision
    /// The prior probability of a match.
    public let prior: Double
    /// The embedding model.
    public let model: ModelIdentity
    /// The detector's name.
    public let detector: String
    /// The precision with which the networks ran.
    public let precision: String
    /// The method by which the maps were computed.
    public let method: ExplanationMethod
    /// The content that replaces a hidden part of a face.
    public let fill: HidingFill
    /// The first face.
    public let a: Side
    /// The second face.
    public let b: Side
}

extension FaceService {
    /// Explains which parts of two faces their similarity is based on: hides parts of one face and measures the loss of
    /// similarity (Zeiler and Fergus, 2014; Black et al., 2020).
    ///
    /// This embeds each face about a hundred times.
    ///
    /// - Parameters:
    ///   - a: A picture.
    ///   - b: Another picture.
    ///   - selection: The face to use if a picture has several.
    ///   - policy: The policy for the decision; `nil` for the service's policy.
    ///   - attention: Whether the network's attention is also computed.
    ///   - remarked: Called with the remarks on each picture as soon as it is read, even if no face is found in it.
    /// - Throws: ``PictureError``; `EmbedderError.noAttention` if the model has no attention; errors of the policy and
    ///   of the installation.
    public func explain(
        _ a: PictureSource, _ b: PictureSource, selecting selection: FaceSelection = .center,
        by policy: DecisionPolicy? = nil, attention: Bool = false,
        remarked: (PictureSource, [ImageRemark]) -> Void = { _, _ in }
    ) async throws -> Explanation {
        let reader =
            attention ? try await installation.attentionReader(configuration.recognizer) : nil
        let recognizer = try await recognizer(expecting: [a, b], selecting: selection)
        let rule = try (policy ?? configuration.policy).rule(for: recognizer.embedder.card)
        let first = try await CroppedFace(a, selection, recognizer, remarked)
        let second = try await CroppedFace(b, selection, recognizer, remarked)
        let explainer = Explainer(recognizer.embedder)
        return Explanation(
            decision: try rule.decide(first.embedded, second.embedded), prior: rule.prior,
            model: recognizer.embedder.card.identity, detector: recognizer.finder.detector.name,
            precision: recognizer.precision, method: explainer.method, fill: explainer.fill,
            a: try await first.side(against: second, by: explainer, reader),
            b: try await second.side(against: first, by: explainer, reader))
    }
}

/// A face to be explained.
private struct CroppedFace {
    let name: String
    let picture: AlignedPicture
    let crop: AlignedFace
    let embedding: Embedding
    var embedded: EmbeddedFace { EmbeddedFace(embedding: embedding, context: crop.context) }

    init(
        _ source: PictureSource, _ selection: FaceSelection, _ recognizer: Recognizer,
        _ remarked: (PictureSource, [ImageRemark]) -> Void
    ) async throws {
        name = source.name
        do {
            picture = try await recognizer.align(source, selecting: selection)
            remarked(source, picture.remarks)
            guard let crop = picture.faces.first,
                let embedding = try await recognizer.embedder.embeddings(of: [crop]).first
            else { throw RecognitionError.noFace }
            (self.crop, self.embedding) = (crop, embedding)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw PictureError(source.name, error)
        }
    }

    func side(
        against other: CroppedFace, by explainer: Explainer, _ reader: AttentionReader?
    ) async throws -> Explanation.Side {
        Explanation.Side(
            picture: name, faceCount: picture.faceCount, crop: crop, embedding: embedding,
            enhancement: picture.enhancement, remarks: picture.remarks,
            map: try await explainer.map(of: HidableFace(crop), against: other.embedding),
            attention: try await attention(by: reader))
    }

    private func attention(by reader: AttentionReader?) async throws -> [AttentionMap]? {
        guard let reader else { return nil }
        return try await EngineExecutor.run { try reader.maps(of: crop) }
    }
}
