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
    /// - Returns: No faces where there are none, or where no embedder is loaded.
    /// - Throws: `ImageError` where it is no picture; errors of the engine. A picture without a face is no error.
    public func align(_ source: PictureSource, selecting selection: FaceSelection = .all) async throws -> AlignedPicture
    {
        let picture = try await prepare(bytes: source.read(limits: limits), selecting: selection)
        return AlignedPicture(
            faceCount: picture.faceCount, faces: picture.crops, enhancement: picture.enhancement,
            remarks: picture.remarks)
    }

    /// What reads the attention of the network that `configuration` names.
    ///
    /// - Throws: `EmbedderError.noAttention` where the network has none; ``RecognitionError`` where it is missing.
    public static func attentionReader(
        installation: Installation, configuration: RecognizerConfiguration
    ) async throws -> AttentionReader {
        try await NetworkLoader(installation: installation, configuration: configuration)
            .attentionReader(configuration.model)
    }

    /// A generator of the installation, such as `unmask-gan`.
    ///
    /// - Throws: ``RecognitionError`` where it is missing or no generator; `GeneratorError`.
    public static func translator(
        _ name: String, installation: Installation, configuration: RecognizerConfiguration
    ) async throws -> ModelFaceTranslator {
        try await NetworkLoader(installation: installation, configuration: configuration).translator(name)
    }
}
