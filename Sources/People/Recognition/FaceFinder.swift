public import Faces
public import Pixels

/// The way from a picture to its faces: decode, detect, and measure how each face is seen.
///
/// A finder holds loaded networks and may be used from many tasks at once. It does not say who somebody is: that takes a
/// ``Recognizer``.
///
/// ```swift
/// let finder = try await FaceFinder(installation: .locate())
/// let found = try await finder.faces(in: .file(photo))
/// for face in found.faces { print(face.face.box, face.context.sharpness) }
/// ```
public struct FaceFinder: Sendable {
    /// How faces are found; its detector is the name of ``detector``.
    public let configuration: FaceFinderConfiguration
    /// Finds the faces.
    public let detector: any FaceDetector
    /// Says whether they wear a mask; `nil` if that is not installed, and then it is unknown of every face.
    public let maskEstimator: (any MaskEstimator)?
    /// Says whether they look like children; `nil` if that is not installed, and then it is unknown of every face.
    public let ageGroupEstimator: (any AgeGroupEstimator)?
    /// Looks at selected faces a second time; `nil` if that was not asked for.
    public let examiner: FaceExaminer?
    /// Which pictures are accepted.
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
    ///   - limits: Which pictures are accepted.
    ///   - expected: The first pictures, if there are few: the detector is made ready for their sizes while other networks
    ///     are loaded. An error of one of them is reported when it is read.
    ///   - selection: Which of their faces are wanted.
    /// - Throws: ``RecognitionError`` if a model is missing; `EngineError` if the engine is.
    public init(
        installation: Installation, configuration: FaceFinderConfiguration = FaceFinderConfiguration(),
        limits: DecodingLimits = DecodingLimits(), expecting expected: [PictureSource] = [],
        selecting selection: FaceSelection = .all
    ) async throws {
        try await self.init(
            loader: NetworkLoader(installation: installation, configuration: configuration),
            configuration: configuration, limits: limits, expecting: expected, selecting: selection)
    }

    init(
        loader: NetworkLoader, configuration: FaceFinderConfiguration, limits: DecodingLimits,
        expecting expected: [PictureSource], selecting selection: FaceSelection
    ) async throws {
        let installed = try loader.installation.detector(configuration.detector)
        async let detector = loader.detector(
            installed, expecting: expected, limits: limits, selecting: selection)
        async let maskEstimator = configuration.estimatesMasks ? loader.maskEstimator() : nil
        async let ageGroupEstimator = configuration.estimatesAges ? loader.ageGroupEstimator() : nil
        async let examiner = configuration.examinesFaces ? loader.examiner(of: installed) : nil
        self.init(
            detector: try await detector, configuration: configuration,
            detectorIdentity: installed.card.identity.description, maskEstimator: try await maskEstimator,
            ageGroupEstimator: try await ageGroupEstimator, examiner: try await examiner, limits: limits)
    }

    /// A finder from parts at hand, such as a detector of your own.
    ///
    /// - Parameters:
    ///   - detector: Finds the faces.
    ///   - configuration: How many pictures at once, and which enhancement; the rest is about networks that are loaded.
    ///   - detectorIdentity: Tells this detector's results from another's; the cache of embeddings uses it. Change it
    ///     whenever the detector may find other faces than before; `nil` for its name.
    ///   - maskEstimator: Says whether they wear a mask.
    ///   - ageGroupEstimator: Says whether they look like children.
    ///   - examiner: Looks at the selected ones a second time.
    ///   - limits: Which pictures are accepted.
    public init(
        detector: any FaceDetector, configuration: FaceFinderConfiguration = FaceFinderConfiguration(),
        detectorIdentity: String? = nil, maskEstimator: (any MaskEstimator)? = nil,
        ageGroupEstimator: (any AgeGroupEstimator)? = nil, examiner: FaceExaminer? = nil,
        limits: DecodingLimits = DecodingLimits()
    ) {
        var configuration = configuration
        configuration.detector = detector.name
        self.configuration = configuration
        self.detector = detector
        let identities = [
            detectorIdentity ?? detector.name, maskEstimator?.card.identity.description,
            ageGroupEstimator?.card.identity.description,
        ]
        pipelineIdentity = (identities.compactMap(\.self) + ["\(Self.pipelineVersion)"]).joined(separator: "/")
        self.maskEstimator = maskEstimator
        self.examiner = examiner
        self.ageGroupEstimator = ageGroupEstimator
        self.limits = limits
        ladder = EnhancementLadder(configuration.enhancement)
    }

    /// The precision in which the detector runs, such as `bf16`.
    public var precision: String { detector.precision }

    /// Reads and decodes a picture, and finds its faces.
    ///
    /// - Parameters:
    ///   - source: Where the picture comes from.
    ///   - selection: Which of its faces are wanted.
    /// - Throws: `ImageError` if it is no picture; errors of the engine. A picture without a face is no error.
    public func faces(in source: PictureSource, selecting selection: FaceSelection = .all) async throws -> FoundFaces {
        try await faces(inFile: source.read(limits: limits), selecting: selection)
    }

    /// Decodes the bytes of a picture file, and finds its faces.
    public func faces(inFile bytes: [UInt8], selecting selection: FaceSelection = .all) async throws -> FoundFaces {
        try await prepare(bytes: bytes, selecting: selection, aligningTo: nil).found
    }

    /// Finds the faces of `image`.
    public func faces(in image: Image, selecting selection: FaceSelection = .all) async throws -> FoundFaces {
        try await prepare(image, selecting: selection, aligningTo: nil).found
    }

    /// Finds the faces of many pictures, ``FaceFinderConfiguration/workers`` at once.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: Which faces of each are wanted.
    /// - Returns: The results in the order of `sources`; one bad picture is one failure among them.
    public func faces(
        of sources: [PictureSource], selecting selection: FaceSelection = .all
    ) -> PictureResults<FoundFaces> {
        PictureResults(sources, atOnce: configuration.workers) { await found(in: $0, selecting: selection) }
    }

    /// Finds the faces of pictures that come one after the other, perhaps without end.
    public func faces<Sources: AsyncSequence & Sendable>(
        of sources: Sources, selecting selection: FaceSelection = .all
    ) -> PictureResults<FoundFaces> where Sources.Element == PictureSource {
        PictureResults(sources, atOnce: configuration.workers) { await found(in: $0, selecting: selection) }
    }

    private func found(
        in group: [PictureSource], selecting selection: FaceSelection
    ) async -> [Result<FoundFaces, any Error>] {
        await mapUntilCancelled(group) { try await faces(in: $0, selecting: selection) }
    }
}
