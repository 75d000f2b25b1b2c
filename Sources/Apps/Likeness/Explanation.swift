public import FaceNetworks
import Inference

/// Why two faces are as similar as they are.
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
        /// The number of faces that the detector found.
        public let faceCount: Int
        /// The face, cut out of the picture as the embedder sees it.
        public let crop: AlignedFace
        /// Who the face looks like.
        public let embedding: Embedding
        /// What was done to the picture before the face was found in it.
        public let enhancement: AppliedEnhancement
        /// Faults of the picture's file that did not keep it from being read.
        public let remarks: [ImageRemark]
        /// How much similarity is lost with each part of the face.
        public let map: SimilarityMap
        /// Where the network itself attends to; `nil` unless that was asked for.
        public let attention: [AttentionMap]?
    }

    /// Whether the faces are one person's.
    public let decision: MatchDecision
    /// The probability of a match before the faces were compared.
    public let prior: Double
    /// The embedding model.
    public let model: ModelIdentity
    /// The detector's name.
    public let detector: String
    /// The numbers in which the networks ran.
    public let precision: String
    /// How the maps were found.
    public let method: ExplanationMethod
    /// What hides a part of a face.
    public let fill: HidingFill
    /// The first face.
    public let a: Side
    /// The second face.
    public let b: Side
}

extension FaceService {
    /// Says which parts of two faces their similarity rests on: parts of one are hidden, and the loss of similarity is
    /// measured (Zeiler and Fergus, 2014; Black et al., 2020).
    ///
    /// It embeds each face about a hundred times.
    ///
    /// - Parameters:
    ///   - a: A picture.
    ///   - b: Another picture.
    ///   - selection: Which face of a picture with several is compared.
    ///   - policy: How the similarity becomes a decision; the service's policy if it is `nil`.
    ///   - attention: Whether the network's own attention is read too.
    ///   - remarked: Called with the remarks on each picture as soon as it is read, also if no face is found in it.
    /// - Throws: ``PictureError``; `EmbedderError.noAttention` if the model has none; errors of the policy and of the
    ///   installation.
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

/// A face that is to be explained.
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
