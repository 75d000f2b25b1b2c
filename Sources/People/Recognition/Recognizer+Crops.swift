public import FaceNetworks
public import Faces
public import Logging
public import Pixels

/// The selected faces of a picture as the embedder's input.
public struct AlignedPicture: Sendable, Hashable {
    /// The number of faces the detector found.
    public let faceCount: Int
    /// The crops of the selected faces with their context, most confident first.
    public let faces: [AlignedFace]
    /// The enhancement of the picture in which the faces were found.
    public let enhancement: AppliedEnhancement
    /// Minor defects of the picture's file that didn't prevent it from being read.
    public let remarks: [ImageRemark]
}

extension Recognizer {
    /// Reads a picture and crops its faces exactly as they would be embedded.
    ///
    /// - Parameters:
    ///   - source: The source of the picture.
    ///   - selection: The faces that are wanted.
    /// - Throws: `ImageError` if the source is not a picture; errors of the engine. A picture without a face is not an
    ///   error.
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
    /// Loads the reader of attention for the network that `configuration` names.
    ///
    /// - Throws: `EmbedderError.noAttention` if the network has none; ``RecognitionError`` if it is missing.
    public func attentionReader(_ configuration: RecognizerConfiguration) async throws -> AttentionReader {
        try await NetworkLoader(installation: self, configuration: configuration.finder)
            .attentionReader(configuration.model ?? defaultModel)
    }

    /// Loads an embedder.
    ///
    /// - Parameters:
    ///   - configuration: The model, and how networks run.
    ///   - logger: Receives a message for the network that is loaded (`debug`).
    /// - Throws: ``RecognitionError`` if it is missing or damaged.
    public func embedder(
        _ configuration: RecognizerConfiguration, logger: Logger = .silent
    ) async throws -> any FaceEmbedder {
        try await NetworkLoader(installation: self, configuration: configuration.finder, logger: logger)
            .embedder(configuration.model ?? defaultModel, averagesMirrored: configuration.averagesMirrored)
    }

    /// Loads a generator, such as `unmask-gan`.
    ///
    /// - Parameters:
    ///   - name: The generator's name, as in its card.
    ///   - configuration: The settings with which networks run.
    /// - Throws: ``RecognitionError`` if it is missing or not a generator; `GeneratorError`.
    public func translator(_ name: String, configuration: FaceFinderConfiguration) async throws -> ModelFaceTranslator {
        try await NetworkLoader(installation: self, configuration: configuration).translator(name)
    }
}
