public import Faces
import Inference
public import Pixels

/// The way from a picture to embeddings: decode, detect, align, embed.
///
/// A recognizer holds loaded networks and may be used from many tasks at once.
///
/// ```swift
/// let recognizer = try await Recognizer(installation: .locate())
/// let analysis = try await recognizer.analyze(.file(photo), selecting: .center)
/// for observation in analysis.faces { print(observation.face.box, observation.embedding.model) }
/// ```
public struct Recognizer: Sendable {
    /// Finds the faces and says how they are seen.
    public let finder: FaceFinder
    /// Embeds them.
    public let embedder: any FaceEmbedder

    /// Loads the networks that `configuration` names.
    ///
    /// - Parameters:
    ///   - installation: Where the engine and the models are.
    ///   - configuration: Which networks, and how they run.
    ///   - limits: Which pictures are accepted.
    ///   - expected: The first pictures, if there are few: while the embedder is loaded, the detector is made ready for
    ///     their sizes. An error of one of them is reported when it is analyzed.
    ///   - selection: Which of their faces are wanted.
    /// - Throws: ``RecognitionError`` if a model is missing; `EngineError` if the engine is.
    public init(
        installation: Installation, configuration: RecognizerConfiguration = RecognizerConfiguration(),
        limits: DecodingLimits = DecodingLimits(), expecting expected: [PictureSource] = [],
        selecting selection: FaceSelection = .all
    ) async throws {
        // While the engine opens: the embedder's weights are by far the most.
        let ahead = Task {
            try await EngineExecutor.run { NetworkLoader.digestAhead(configuration.model, of: installation) }
        }
        let loader = try await NetworkLoader(installation: installation, configuration: configuration.finder)
        async let finder = FaceFinder(
            loader: loader, configuration: configuration.finder, limits: limits, expecting: expected,
            selecting: selection)
        async let embedder = Self.embedder(configuration, by: loader, after: ahead)
        self.init(finder: try await finder, embedder: try await embedder)
    }

    private static func embedder(
        _ configuration: RecognizerConfiguration, by loader: NetworkLoader, after ahead: Task<Void, any Error>
    ) async throws -> any FaceEmbedder {
        _ = await ahead.result
        return try await loader.embedder(configuration.model, averagesMirrored: configuration.averagesMirrored)
    }

    /// A recognizer from parts at hand, such as an embedder of your own.
    ///
    /// - Parameters:
    ///   - finder: Finds the faces.
    ///   - embedder: Embeds them.
    public init(finder: FaceFinder, embedder: any FaceEmbedder) {
        self.finder = finder
        self.embedder = embedder
    }

    /// The precision in which the networks run, such as `bf16`; `f32+bf16` if detector and embedder differ.
    public var precision: String {
        embedder.precision == finder.precision ? finder.precision : "\(finder.precision)+\(embedder.precision)"
    }

    /// Reads, decodes and analyzes a picture.
    ///
    /// - Parameters:
    ///   - source: Where the picture comes from.
    ///   - selection: Which of its faces are wanted.
    /// - Throws: `ImageError` if it is no picture; errors of the engine. A picture without a face is no error.
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
