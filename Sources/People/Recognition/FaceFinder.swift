public import Faces
public import Logging
public import Pixels

/// Finds the faces in pictures: decodes, detects, and measures the conditions under which each face is seen.
///
/// A finder holds loaded networks and may be used from many tasks at once. It does not identify people; a
/// ``Recognizer`` does.
///
/// ```swift
/// let finder = try await FaceFinder(installation: .locate())
/// let found = try await finder.faces(in: .file(photo))
/// for face in found.faces { print(face.face.box, face.context.sharpness) }
/// ```
public struct FaceFinder: Sendable {
    /// The configuration. Its detector is the name of ``detector``.
    public let configuration: FaceFinderConfiguration
    /// The detector that finds the faces.
    public let detector: any FaceDetector
    /// The estimator of whether faces wear a mask; `nil` if none is installed, so that it is unknown for every face.
    public let maskEstimator: (any MaskEstimator)?
    /// The estimator of whether faces are those of children; `nil` if none is installed, so that it is unknown for
    /// every face.
    public let ageGroupEstimator: (any AgeGroupEstimator)?
    /// The estimator of how usable faces are; `nil` if none is installed, so that it is unknown for every face.
    public let qualityEstimator: (any FaceQualityEstimator)?
    /// The examiner of the selected faces; `nil` if a second examination was not requested.
    public let examiner: FaceExaminer?
    /// The limits that pictures must respect.
    public let limits: DecodingLimits

    /// Identifies everything in the pipeline that embeddings and contexts depend on: the weights of the detector and of
    /// the face classifiers, and the version of our own code.
    let pipelineIdentity: String
    let sequence: LookSequence

    /// The version of the code. It must change whenever the same picture and networks may give different embeddings
    /// than before.
    private static let pipelineVersion = 9

    /// Loads the networks that `configuration` names.
    ///
    /// - Parameters:
    ///   - installation: The engine and the models.
    ///   - configuration: The networks to load, and how they run.
    ///   - limits: The limits that pictures must respect.
    ///   - expected: The first pictures, if there are few: the detector is prepared for their sizes while other
    ///     networks are loaded. An error in one of them is reported when it is read.
    ///   - selection: The faces wanted in these pictures.
    ///   - logger: Receives a message for each network that is loaded (`debug`), and one for each that decisions need
    ///     and that is not installed (`warning`).
    /// - Throws: ``RecognitionError`` if a model is missing; `EngineError` if the engine is missing.
    public init(
        installation: Installation, configuration: FaceFinderConfiguration = FaceFinderConfiguration(),
        limits: DecodingLimits = DecodingLimits(), expecting expected: [PictureSource] = [],
        selecting selection: FaceSelection = .all, logger: Logger = .silent
    ) async throws {
        try await self.init(
            loader: NetworkLoader(installation: installation, configuration: configuration, logger: logger),
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
        async let qualityEstimator = configuration.estimatesQuality ? loader.qualityEstimator() : nil
        async let examiner = configuration.examinesFaces ? loader.examiner(of: installed) : nil
        let other = configuration.enhancement == .auto ? loader.otherDetector(than: installed) : nil
        let companion = configuration.searchesFurther ? loader.companion(of: installed) : nil
        self.init(
            detector: try await detector, configuration: configuration,
            detectorIdentity: installed.card.detectorIdentity, maskEstimator: try await maskEstimator,
            ageGroupEstimator: try await ageGroupEstimator, qualityEstimator: try await qualityEstimator,
            examiner: try await examiner, limits: limits, other: other, companion: companion)
    }

    /// Creates a finder from its parts, such as your own detector.
    ///
    /// - Parameters:
    ///   - detector: Finds the faces.
    ///   - configuration: The number of pictures processed at once, the enhancement, and how thoroughly pictures are
    ///     searched; the other settings concern loading and are not used.
    ///   - detectorIdentity: Distinguishes this detector's results from those of other detectors; the cache of
    ///     embeddings uses it. Change it whenever the detector may find different faces than before. If `nil`, the
    ///     detector's name is used.
    ///   - maskEstimator: Estimates whether faces wear a mask.
    ///   - ageGroupEstimator: Estimates whether faces are those of children.
    ///   - qualityEstimator: Estimates how usable faces are.
    ///   - examiner: Examines the selected faces a second time.
    ///   - limits: The limits that pictures must respect.
    public init(
        detector: any FaceDetector, configuration: FaceFinderConfiguration = FaceFinderConfiguration(),
        detectorIdentity: String? = nil, maskEstimator: (any MaskEstimator)? = nil,
        ageGroupEstimator: (any AgeGroupEstimator)? = nil, qualityEstimator: (any FaceQualityEstimator)? = nil,
        examiner: FaceExaminer? = nil, limits: DecodingLimits = DecodingLimits()
    ) {
        self.init(
            detector: detector, configuration: configuration, detectorIdentity: detectorIdentity,
            maskEstimator: maskEstimator, ageGroupEstimator: ageGroupEstimator, qualityEstimator: qualityEstimator,
            examiner: examiner, limits: limits, other: nil, companion: nil)
    }

    /// Creates a finder from its parts.
    ///
    /// - Parameters:
    ///   - other: The detector that searches a picture in which `detector` finds no face.
    ///   - companion: The detector for small faces, and for pictures in which the others find none.
    init(
        detector: any FaceDetector, configuration: FaceFinderConfiguration, detectorIdentity: String?,
        maskEstimator: (any MaskEstimator)?, ageGroupEstimator: (any AgeGroupEstimator)?,
        qualityEstimator: (any FaceQualityEstimator)?, examiner: FaceExaminer?, limits: DecodingLimits,
        other: LazyDetector?, companion: LazyDetector?
    ) {
        var configuration = configuration
        configuration.detector = detector.name
        self.configuration = configuration
        self.detector = detector
        let identities = [
            detectorIdentity ?? detector.name, maskEstimator?.card.inputIdentity, ageGroupEstimator?.card.inputIdentity,
            qualityEstimator?.card.inputIdentity, other?.identity, companion?.identity,
        ]
        pipelineIdentity = (identities.compactMap(\.self) + configuration.searchIdentity + ["\(Self.pipelineVersion)"])
            .joined(separator: "/")
        self.maskEstimator = maskEstimator
        self.examiner = examiner
        self.ageGroupEstimator = ageGroupEstimator
        self.qualityEstimator = qualityEstimator
        self.limits = limits
        sequence = LookSequence(configuration, detector: detector, other: other, companion: companion)
    }

    /// The precision with which the detector runs, such as `bf16`.
    public var precision: String { detector.precision }

    /// Reads and decodes a picture, and finds its faces.
    ///
    /// - Parameters:
    ///   - source: The source of the picture.
    ///   - selection: The faces that are wanted.
    /// - Throws: `ImageError` if the source is not a picture; errors of the engine. A picture without a face is not an
    ///   error.
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

    /// Finds the faces of many pictures, ``FaceFinderConfiguration/workers`` pictures at once.
    ///
    /// - Parameters:
    ///   - sources: The pictures.
    ///   - selection: The faces wanted in each picture.
    /// - Returns: The results in the order of `sources`; a picture that can't be read is a failure among them.
    public func faces(
        of sources: [PictureSource], selecting selection: FaceSelection = .all
    ) -> PictureResults<FoundFaces> {
        PictureResults(sources, atOnce: configuration.picturesAtOnce) { await found(in: $0, selecting: selection) }
    }

    /// Finds the faces of pictures from an asynchronous sequence, which may be endless.
    public func faces<Sources: AsyncSequence & Sendable>(
        of sources: Sources, selecting selection: FaceSelection = .all
    ) -> PictureResults<FoundFaces> where Sources.Element == PictureSource {
        PictureResults(sources, atOnce: configuration.picturesAtOnce) { await found(in: $0, selecting: selection) }
    }

    private func found(
        in group: [PictureSource], selecting selection: FaceSelection
    ) async -> [Result<FoundFaces, any Error>] {
        await mapUntilCancelled(group) { try await faces(in: $0, selecting: selection) }
    }
}
