import Detectors
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport
import Logging
import Pixels

/// Loads the networks of an installation.
struct NetworkLoader: Sendable {
    let installation: Installation
    private let engine: Engine
    private let network: NetworkConfiguration
    private let verified: VerifiedWeights
    private let logger: Logger

    init(
        installation: Installation, configuration: FaceFinderConfiguration, logger: Logger = .silent
    ) async throws {
        self.installation = installation
        self.logger = logger
        engine = try await EngineExecutor.run { try Engine(libraryDirectory: installation.engineDirectory) }
        network = NetworkConfiguration(
            precision: configuration.precision.choice, threads: configuration.threads.map { max($0, 1) },
            streams: configuration.picturesAtOnce, cacheDirectory: Cache.compiledNetworks)
        verified = VerifiedWeights(directory: Cache.compiledNetworks)
    }

    /// Verifies the weights of the model called `name` in advance, if they haven't been verified yet. Errors are
    /// ignored here; they are reported when the model is loaded.
    static func digestAhead(_ name: String, of installation: Installation) {
        guard let card = try? installation.card(name) else { return }
        let verified = VerifiedWeights(directory: Cache.compiledNetworks)
        for weights in card.weights {
            try? verified.check(file(of: weights, in: installation.modelDirectory(name)), against: weights)
        }
    }

    /// Returns a weight file of a model, with a link to it resolved.
    private static func file(of weights: ModelCard.Weights, in directory: URL) -> URL {
        directory.appending(path: weights.file).resolvingSymlinksInPath()
    }

    /// Loads the detector after verifying its weights, and prepares it for pictures of the sizes of `pictures` if that
    /// takes time.
    ///
    /// - Parameters:
    ///   - installed: The detector to load.
    ///   - pictures: The first pictures.
    ///   - limits: The limits that pictures must respect.
    ///   - selection: The faces wanted in these pictures.
    func detector(
        _ installed: Installation.Detector, expecting pictures: [PictureSource],
        limits: DecodingLimits = .standard, selecting selection: FaceSelection = .all
    ) async throws -> any FaceDetector {
        try await EngineExecutor.run {
            let (directory, network) = try checked(installed.model, task: .detection)
            let detector = try logged(installed.model) {
                try DetectorRegistry.detector(
                    name: installed.name, card: installed.card, engine: engine, directory: directory, network: network)
            } precision: {
                $0.precision
            }
            for header in pictures.compactMap({ try? $0.header(limits: limits) }) {
                try detector.prepare(width: header.width, height: header.height, for: selection)
            }
            return detector
        }
    }

    /// Loads the examiner of faces found by `detector`, as far as its models are installed: YuNet finds out which way
    /// up they are, and a detector other than `detector` confirms that they are faces.
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

    /// Returns the detector for pictures in which `detector` finds no face; `nil` if none is installed or its card is
    /// damaged. It is loaded when it is first needed.
    func otherDetector(than detector: Installation.Detector) -> LazyDetector? {
        lazy(detector.model == Self.confirmingDetector ? Self.turningDetector : Self.confirmingDetector)
    }

    /// Returns the detector for faces that `detector` misses: small ones, and those in extreme light; `nil` if it is
    /// `detector` itself, if it is not installed, or if its card is damaged. It is loaded when it is first needed.
    func companion(of detector: Installation.Detector) -> LazyDetector? {
        detector.model == Self.companion ? nil : lazy(Self.companion)
    }

    private func lazy(_ model: String) -> LazyDetector? {
        guard installation.hasModel(model), let installed = try? installation.detector(model) else { return nil }
        return LazyDetector(name: installed.name, identity: installed.card.detectorIdentity) {
            try await self.detector(installed, expecting: [])
        }
    }

    private static let turningDetector = "yunet"
    private static let confirmingDetector = "retinaface-mobilenet025"
    private static let companion = "yunet-trained"

    /// Loads the embedder of the model called `name`.
    func embedder(_ name: String, averagesMirrored: Bool) async throws -> any FaceEmbedder {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .embedding)
            return try logged(name) {
                try ModelEmbedder(
                    card: try installation.card(name), engine: engine, directory: directory, network: network,
                    averagesMirrored: averagesMirrored)
            } precision: {
                $0.precision
            }
        }
    }

    /// Loads the reader of attention of the model called `name`.
    func attentionReader(_ name: String) async throws -> AttentionReader {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .embedding)
            return try AttentionReader(
                card: try installation.card(name), engine: engine, directory: directory, network: network)
        }
    }

    /// Loads the generator called `name`.
    func translator(_ name: String) async throws -> ModelFaceTranslator {
        try await EngineExecutor.run {
            let (directory, network) = try checked(name, task: .translation)
            return try ModelFaceTranslator(
                card: installation.card(name), engine: engine, directory: directory, network: network)
        }
    }

    /// Loads the mask estimator; returns `nil` if none is installed.
    func maskEstimator() async throws -> (any MaskEstimator)? {
        guard isInstalled(Self.maskClassifier) else { return nil }
        return try await EngineExecutor.run {
            let (directory, network) = try checked(Self.maskClassifier, task: .maskClassification)
            return try ModelMaskEstimator(
                card: installation.card(Self.maskClassifier), engine: engine, directory: directory, network: network)
        }
    }

    /// Loads the age group estimator; returns `nil` if none is installed.
    func ageGroupEstimator() async throws -> (any AgeGroupEstimator)? {
        guard isInstalled(Self.ageClassifier) else { return nil }
        return try await EngineExecutor.run {
            let (directory, network) = try checked(Self.ageClassifier, task: .ageClassification)
            return try ModelAgeGroupEstimator(
                card: installation.card(Self.ageClassifier), engine: engine, directory: directory, network: network)
        }
    }

    /// Loads the estimator of how usable faces are; returns `nil` if none is installed.
    func qualityEstimator() async throws -> (any FaceQualityEstimator)? {
        let model = Self.qualityNetwork
        guard isInstalled(model, without: "the gate, templates and streams don't know how usable faces are") else {
            return nil
        }
        return try await EngineExecutor.run {
            let (directory, network) = try checked(model, task: .qualityEstimation)
            return try ModelFaceQualityEstimator(
                card: installation.card(model), engine: engine, directory: directory, network: network)
        }
    }

    /// Returns whether a network for faces is installed, and reports it if it is not.
    ///
    /// - Parameter consequence: What is different without it, in one clause.
    private func isInstalled(
        _ model: String, without consequence: String = "decisions use one threshold for all conditions"
    ) -> Bool {
        if installation.hasModel(model) { return true }
        logger.warning("a classifier is not installed: \(consequence)", metadata: ["model": "\(model)"])
        return false
    }

    /// Loads a network and reports how long it took.
    private func logged<Loaded>(
        _ model: String, _ load: () throws -> Loaded, precision: (Loaded) -> String
    ) throws -> Loaded {
        let clock = ContinuousClock(), start = clock.now
        let loaded = try load()
        logger.debug(
            "network loaded",
            metadata: [
                "model": "\(model)", "precision": "\(precision(loaded))",
                "seconds": "\((clock.now - start).seconds)",
            ])
        return loaded
    }

    private static let maskClassifier = "mask-classifier"
    private static let ageClassifier = "age-classifier"
    private static let qualityNetwork = "face-quality"

    /// Returns the folder of the model called `name`, after verifying that its weights are those that its card names,
    /// and the configuration for running its networks.
    private func checked(_ name: String, task: ModelCard.Task) throws -> (URL, NetworkConfiguration) {
        let card = try installation.card(name, for: task)
        guard card.task == task else {
            throw RecognitionError.wrongTask(name, expected: task.rawValue)
        }
        let directory = installation.modelDirectory(name)
        var network = network
        for weights in card.weights {
            try verified.check(Self.file(of: weights, in: directory), against: weights)
            // Checked again when the network is compiled, because the file is read then.
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

/// Folders for files that can be made again.
enum Cache {
    /// `$XDG_CACHE_HOME/likeness`, else `~/.cache/likeness`.
    static let root: URL = {
        if let folder = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"], folder.hasPrefix("/") {
            return URL(filePath: folder).appending(path: "likeness")
        }
        return home.appending(path: ".cache/likeness")
    }()

    /// The user's folder: that of the variable `HOME`, as in a service or a container, otherwise the one in the list of
    /// users.
    static let home: URL = {
        if let folder = ProcessInfo.processInfo.environment["HOME"], folder.hasPrefix("/") {
            return URL(filePath: folder)
        }
        return FileManager.default.homeDirectoryForCurrentUser
    }()

    /// The folder of the networks that OpenVINO has compiled.
    static let compiledNetworks = root.appending(path: compiledName)
    static let compiledName = "compiled"
}
