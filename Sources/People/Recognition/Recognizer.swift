public import Faces
import Inference
public import Logging
public import Pixels

/// Turns pictures into embeddings: decodes, detects, aligns and embeds.
///
/// A recognizer holds loaded networks and may be used from many tasks at once.
///
/// ```swift
/// let recognizer = try await Recognizer(installation: .locate())
/// let analysis = try await recognizer.analyze(.file(photo), selecting: .center)
/// for observation in analysis.faces { print(observation.face.box, observation.embedding.model) }
/// ```
public struct Recognizer: Sendable {
    /// The finder, which finds faces and measures the conditions under which they are seen.
    public let finder: FaceFinder
    /// The embedder.
    public let embedder: any FaceEmbedder

    /// Loads the networks that `configuration` names.
    ///
    /// - Parameters:
    ///   - installation: The engine and the models.
    ///   - configuration: The networks to load, and how they run.
    ///   - limits: The limits that pictures must respect.
    ///   - expected: The first pictures, if there are few: the detector is prepared for their sizes while the embedder
    ///     is loaded. An error in one of them is reported when it is analyzed.
    ///   - selection: The faces wanted in these pictures.
    ///   - logger: Receives a message for each network that is loaded (`debug`), and one for each that decisions need
    ///     and that is not installed (`warning`).
    /// - Throws: ``RecognitionError`` if a model is missing; `EngineError` if the engine is missing.
    public init(
        installation: Installation, configuration: RecognizerConfiguration = RecognizerConfiguration(),
        limits: DecodingLimits = DecodingLimits(), expecting expected: [PictureSource] = [],
        selecting selection: FaceSelection = .all, logger: Logger = .silent
    ) async throws {
        let model = configuration.model ?? installation.defaultModel
        // The embedder's weights, by far the largest, are verified while the engine is being opened.
        let ahead = Task {
            try await EngineExecutor.run { NetworkLoader.digestAhead(model, of: installation) }
        }
        let loader = try await NetworkLoader(
            installation: installation, configuration: configuration.finder, logger: logger)
        async let finder = FaceFinder(
            loader: loader, configuration: configuration.finder, limits: limits, expecting: expected,
            selecting: selection)
        async let embedder = Self.embedder(
            model, averagesMirrored: configuration.averagesMirrored, by: loader, after: ahead)
        self.init(finder: try await finder, embedder: try await embedder)
    }

    private static func embedder(
        _ model: String, averagesMirrored: Bool, by loader: NetworkLoader, after ahead: Task<Void, any Error>
    ) async throws -> any FaceEmbedder {
        _ = await ahead.result
        return try await loader.embedder(model, averagesMirrored: averagesMirrored)
    }

    /// Creates a recognizer from its parts, such as your own embedder.
    ///
    /// - Parameters:
    ///   - finder: Finds the faces.
    ///   - embedder: Embeds them.
    public init(finder: FaceFinder, embedder: any FaceEmbedder) {
        self.finder = finder
        self.embedder = embedder
    }

    /// The precision with which the networks run, such as `bf16`; `f32+bf16` if detector and embedder differ.
    public var precision: String {
        embedder.precision == finder.precision ? finder.precision : "\(finder.precision)+\(embedder.precision)"
    }

    /// Reads, decodes and analyzes a picture.
    ///
    /// - Parameters:
    ///   - source: The source of the picture.
    ///   - selection: The faces that are wanted.
    /// - Throws: `ImageError` if the source is not a picture; errors of the engine. A picture without a face is not an
    ///   error.
    public func analyze(_ source: PictureSource, selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await analyze(bytes: source.read(limits: finder.limits), selecting: selection)
    }

    /// Decodes and analyzes the bytes of a picture file.
    public func analyze(bytes: [UInt8], selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await embed(finder.prepare(bytes: bytes, selecting: selection, aligningTo: embedder.template))
    }

    /// Finds the faces of `image`, and embeds the selected ones.
    public func analyze(_ image: Image, selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await embed(finder.prepare(image, selecting: selection, aligningTo: embedder.template))
    }
}
