import Detectors
import FaceNetworks
import Faces
import Foundation
import Inference
import Pixels

/// Loads networks of an installation.
struct NetworkLoader: Sendable {
    let installation: Installation
    private let engine: Engine
    private let network: NetworkConfiguration
    private let verified: VerifiedWeights

    init(installation: Installation, configuration: FaceFinderConfiguration) async throws {
        self.installation = installation
        engine = try await EngineExecutor.run { try Engine(libraryDirectory: installation.engineDirectory) }
        network = NetworkConfiguration(
            precision: configuration.precision.choice, threads: configuration.threads,
            streams: configuration.workers, cacheDirectory: Cache.compiledNetworks)
        verified = VerifiedWeights(directory: Cache.compiledNetworks)
    }

    /// Digests the weights of the model called `name` if that was never done. If something is wrong with them, loading the
    /// model says so.
    static func digestAhead(_ name: String, of installation: Installation) {
        guard let card = try? installation.card(name) else { return }
        let verified = VerifiedWeights(directory: Cache.compiledNetworks)
        for weights in card.weights {
            try? verified.check(file(of: weights, in: installation.modelDirectory(name)), against: weights)
        }
    }

    /// A file of weights. A model may be a link to where it is kept.
    private static func file(of weights: ModelCard.Weights, in directory: URL) -> URL {
        directory.appending(path: weights.file).resolvingSymlinksInPath()
    }

    /// The detector, with its weights checked; made ready for pictures of the sizes of `pictures` if that takes time.
    ///
    /// - Parameters:
    ///   - installed: Which one.
    ///   - pictures: The first pictures.
    ///   - limits: Which pictures are accepted.
    ///   - selection: Which faces of them are wanted.
    func detector(
        _ installed: Installation.Detector, expecting pictures: [PictureSource],
        limits: DecodingLimits = .standard, selecting selection: FaceSelection = .all
    ) async throws -> any FaceDetector {
        try await EngineExecutor.run {
            let (directory, network) = try checked(installed.model, task: .detection)
            let detector = try DetectorRegistry.detector(
                name: installed.name, card: installed.card, engine: engine, directory: directory, network: network)
            for header in pictures.compactMap({ try? $0.header(limits: limits) }) {
                try detector.prepare(width: header.width, height: header.height, for: selection)
            }
            return detector
        }
    }

    /// What looks a second time at the faces that `detector` finds, as far as the models for it are installed: YuNet says
    /// which way up they are, and another one than `detector` whether they are faces.
    func examiner(of detector: Installation.Detector) async throws -> FaceExaminer {
        func installed(_ model: String) async throws -> (any FaceDetector)? {
            guard installation.hasModel(model) else { return nil }
            return try await self.detector(installation.detector(model), expecting: [])
        }
        return FaceExaminer(
            turning: try await installed(Self.turningDetector),
            confirming: try await installed(
                detector.model == Self.confirmingDetector ? Self.turningDetector : Self.confirmingDetector))
    }

    private static let turningDetector = "yunet"
    private static let confirmingDetector = "retinaface-mobilenet025"

    /// The embedder of the model called `name`.
    func embedder(_ name: String, averagesMirrored: Bool) async throws -> any FaceEmbedder {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .embedding)
            return try ModelEmbedder(
                card: try installation.card(name), engine: engine, directory: directory, network: network,
                averagesMirrored: averagesMirrored)
        }
    }

    /// What reads the attention of the model called `name`.
    func attentionReader(_ name: String) async throws -> AttentionReader {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .embedding)
            return try AttentionReader(
                card: try installation.card(name), engine: engine, directory: directory, network: network)
        }
    }

    /// The generator called `name`.
    func translator(_ name: String) async throws -> ModelFaceTranslator {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .translation)
            return try ModelFaceTranslator(
                card: installation.card(name), engine: engine, directory: directory, network: network)
        }
    }

    /// What says whether a face wears a mask; `nil` where it is not installed.
    func maskEstimator() async throws -> (any MaskEstimator)? {
        guard installation.hasModel(Self.maskClassifier) else { return nil }
        return try await EngineExecutor.run {
            let (directory, network) = try checked(Self.maskClassifier, task: .maskClassification)
            return try ModelMaskEstimator(
                card: installation.card(Self.maskClassifier), engine: engine, directory: directory, network: network)
        }
    }

    /// What says whether a person is a child; `nil` where it is not installed.
    func ageGroupEstimator() async throws -> (any AgeGroupEstimator)? {
        guard installation.hasModel(Self.ageClassifier) else { return nil }
        return try await EngineExecutor.run {
            let (directory, network) = try checked(Self.ageClassifier, task: .ageClassification)
            return try ModelAgeGroupEstimator(
                card: installation.card(Self.ageClassifier), engine: engine, directory: directory, network: network)
        }
    }

    private static let maskClassifier = "mask-classifier"
    private static let ageClassifier = "age-classifier"

    /// The folder of the model called `name`, whose weights are those that its card names, and how its networks are
    /// brought to run.
    private func checked(_ name: String, task: ModelCard.Task) throws -> (URL, NetworkConfiguration) {
        let card = try installation.card(name)
        guard card.task == task else {
            throw RecognitionError.wrongTask(name, expected: task.rawValue)
        }
        let directory = installation.modelDirectory(name)
        var network = network
        for weights in card.weights {
            try verified.check(Self.file(of: weights, in: directory), against: weights)
            // Checked once more when it is compiled, which is when it is read.
            network.digests[URL(filePath: weights.file).lastPathComponent] = weights.sha256
        }
        return (directory, network)
    }
}

extension FaceFinderConfiguration.Precision {
    var choice: PrecisionChoice {
        switch self {
        case .automatic: .automatic
        case .f32: .exactly(.f32)
        case .bf16: .exactly(.bf16)
        }
    }
}

/// Folders for what can be made again.
enum Cache {
    /// `$XDG_CACHE_HOME/likeness`, else `~/.cache/likeness`.
    static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
            return URL(filePath: folder).appending(path: "likeness")
        }
        return FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache/likeness")
    }()

    /// Networks that OpenVINO has compiled.
    static let compiledNetworks = root.appending(path: compiledName)
    static let compiledName = "compiled"
}
