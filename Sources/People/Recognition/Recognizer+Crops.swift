public import FaceNetworks
public import Faces
public import Pixels

/// A picture's selected faces as the embedder sees them.
public struct AlignedPicture: Sendable, Hashable {
    /// How many faces the detector found.
    public let faceCount: Int
    /// The selected faces, cut out, with their context; most confident first.
    public let faces: [AlignedFace]
    /// What had been done to the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// What was missing in the picture's file without keeping it from being read.
    public let remarks: [ImageRemark]
}

extension Recognizer {
    /// Reads a picture, and cuts its faces out as the embedder needs them: what it embeds when the picture is analyzed.
    ///
    /// - Parameters:
    ///   - source: Where the picture comes from.
    ///   - selection: Which of its faces are wanted.
    /// - Throws: `ImageError` if it is no picture; errors of the engine. A picture without a face is no error.
    public func align(_ source: PictureSource, selecting selection: FaceSelection = .all) async throws -> AlignedPicture
    {
        let picture = try await finder.prepare(
            bytes: source.read(limits: finder.limits), selecting: selection, aligningTo: embedder.template)
        return AlignedPicture(
            faceCount: picture.found.faceCount, faces: picture.crops, enhancement: picture.found.enhancement,
            remarks: picture.found.remarks)
    }
}

extension Installation {
    /// What reads the attention of the network that `configuration` names.
    ///
    /// - Throws: `EmbedderError.noAttention` if the network has none; ``RecognitionError`` if it is missing.
    public func attentionReader(_ configuration: RecognizerConfiguration) async throws -> AttentionReader {
        try await NetworkLoader(installation: self, configuration: configuration.finder)
            .attentionReader(configuration.model)
    }

    /// Loads an embedder.
    ///
    /// - Parameter configuration: The model, and how networks run.
    /// - Throws: ``RecognitionError`` if it is missing or damaged.
    public func embedder(_ configuration: RecognizerConfiguration) async throws -> any FaceEmbedder {
        try await NetworkLoader(installation: self, configuration: configuration.finder)
            .embedder(configuration.model, averagesMirrored: configuration.averagesMirrored)
    }

    /// A generator, such as `unmask-gan`.
    ///
    /// - Parameters:
    ///   - name: Its name, as its card has it.
    ///   - configuration: How networks run.
    /// - Throws: ``RecognitionError`` if it is missing or no generator; `GeneratorError`.
    public func translator(_ name: String, configuration: FaceFinderConfiguration) async throws -> ModelFaceTranslator {
        try await NetworkLoader(installation: self, configuration: configuration).translator(name)
    }
}
