import Detectors
import FaceNetworks
public import Faces
import Foundation
import Inference
public import Pixels

/// The way from a picture to embeddings: decode, detect, align, embed.
///
/// A recognizer holds loaded networks and may be used from many tasks at once.
public struct Recognizer: Sendable {
    /// What was asked for.
    public let configuration: RecognizerConfiguration
    /// Finds the faces.
    public let detector: any FaceDetector
    /// Embeds them; `nil` where only detection was asked for.
    public let embedder: (any FaceEmbedder)?
    /// Says whether they wear a mask; `nil` where that is not installed, and then it is unknown of every face.
    public let maskEstimator: (any MaskEstimator)?
    /// Says whether they look like children; `nil` where that is not installed, and then it is unknown of every face.
    public let ageGroupEstimator: (any AgeGroupEstimator)?
    /// Looks at selected faces a second time; `nil` where that was not asked for.
    public let examiner: FaceExaminer?
    /// What pictures are accepted.
    public let limits: DecodingLimits

    /// The weights of the detector and of the classifiers of faces and our own code, as far as embeddings and contexts depend on them.
    let pipelineIdentity: String
    let ladder: EnhancementLadder

    /// Changes whenever the same picture and networks may give other embeddings than before.
    private static let pipelineVersion = 4

    /// Loads the networks that `configuration` names.
    ///
    /// - Parameters:
    ///   - installation: Where the engine and the models are.
    ///   - configuration: Which networks, and how they run.
    ///   - embeds: Whether faces are to be embedded; without, no embedder is loaded.
    ///   - limits: What pictures are accepted.
    ///   - expected: The pictures that will be first, where there are few: while the embedder is loaded, the detector is
    ///     made ready for their sizes. What is wrong with them is said when they are analyzed.
    /// - Throws: ``RecognitionError`` where a model is missing; `EngineError` where the engine is.
    public init(
        installation: Installation, configuration: RecognizerConfiguration = RecognizerConfiguration(),
        embeds: Bool = true, limits: DecodingLimits = DecodingLimits(), expecting expected: [PictureSource] = []
    ) async throws {
        let loader = try await NetworkLoader(installation: installation, configuration: configuration)
        async let detector = loader.detector(
            configuration.detector, expecting: expected, limits: limits)
        async let embedder = embeds ? loader.embedder(configuration.model) : nil
        async let maskEstimator = configuration.estimatesMasks ? loader.maskEstimator() : nil
        async let ageGroupEstimator = configuration.estimatesAges ? loader.ageGroupEstimator() : nil
        async let examiner = configuration.examinesFaces ? loader.examiner(of: configuration.detector) : nil
        self.init(
            configuration: configuration, detector: try await detector,
            detectorIdentity: try loader.identity(of: configuration.detector), embedder: try await embedder,
            maskEstimator: try await maskEstimator, ageGroupEstimator: try await ageGroupEstimator,
            examiner: try await examiner, limits: limits)
    }

    /// A recognizer from networks at hand.
    ///
    /// - Parameters:
    ///   - configuration: How many pictures at once, and which enhancement; its names are not looked at.
    ///   - detector: Finds the faces.
    ///   - detectorIdentity: What tells this detector's results from another's; the cache of embeddings uses it.
    ///   - embedder: Embeds them.
    ///   - maskEstimator: Says whether they wear a mask.
    ///   - ageGroupEstimator: Says whether they look like children.
    ///   - examiner: Looks at the selected ones a second time.
    ///   - limits: What pictures are accepted.
    public init(
        configuration: RecognizerConfiguration, detector: any FaceDetector, detectorIdentity: String? = nil,
        embedder: (any FaceEmbedder)?, maskEstimator: (any MaskEstimator)? = nil,
        ageGroupEstimator: (any AgeGroupEstimator)? = nil, examiner: FaceExaminer? = nil,
        limits: DecodingLimits = DecodingLimits()
    ) {
        self.configuration = configuration
        self.detector = detector
        let identities = [
            detectorIdentity ?? detector.name, maskEstimator?.card.identity.description,
            ageGroupEstimator?.card.identity.description,
        ]
        pipelineIdentity = (identities.compactMap(\.self) + ["\(Self.pipelineVersion)"]).joined(separator: "/")
        self.embedder = embedder
        self.maskEstimator = maskEstimator
        self.examiner = examiner
        self.ageGroupEstimator = ageGroupEstimator
        self.limits = limits
        ladder = EnhancementLadder(configuration.enhancement)
    }

    /// The precision in which the networks run, such as `bf16`; `f32+bf16` where detector and embedder differ.
    public var precision: String {
        guard let embedder, embedder.precision != detector.precision else { return detector.precision }
        return "\(detector.precision)+\(embedder.precision)"
    }

    /// Reads, decodes and analyzes a picture.
    ///
    /// - Parameters:
    ///   - source: Where the picture comes from.
    ///   - selection: Which of its faces are wanted.
    /// - Throws: `ImageError` where it is no picture; errors of the engine. A picture without a face is no error.
    public func analyze(_ source: PictureSource, selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await analyze(bytes: source.read(limits: limits), selecting: selection)
    }

    /// Decodes and analyzes the bytes of a picture file.
    public func analyze(bytes: [UInt8], selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await embed(prepare(bytes: bytes, selecting: selection))
    }

    /// Finds the faces of `image`, and embeds the selected ones.
    public func analyze(_ image: Image, selecting selection: FaceSelection = .all) async throws -> Analysis {
        try await embed(prepare(image, selecting: selection))
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
