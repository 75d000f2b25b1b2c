public import Faces
public import Foundation
public import Inference
public import Pixels

/// MTCNN: a cascade of three small networks, each more accurate than the one before.
///
/// Zhang et al., *Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks*, 2016
/// (arXiv:1604.02878). With the same settings, the boxes are those of facenet-pytorch.
public final class MTCNNDetector: ModelDetector {
    /// The name of this code in model cards: `mtcnn`.
    public static let decoder = "mtcnn"

    /// The detector's name, as reported in results.
    public let name: String
    /// The detector's settings.
    public let configuration: MTCNNConfiguration
    private let proposal: ProposalStage
    private let refinement: RefinementStage
    private let output: RefinementStage

    /// The longest side of the network's input: ``MTCNNConfiguration/longestSide``.
    public var longestSide: Int? { configuration.longestSide }

    /// The numeric precision: `f32` or `bf16`.
    public var precision: String { proposal.networks.precision.rawValue }

    /// Loads the detector.
    ///
    /// - Parameters:
    ///   - engine: The inference engine.
    ///   - directory: The folder with `pnet.onnx`, `rnet.onnx` and `onet.onnx`.
    ///   - configuration: The detector's settings.
    ///   - network: The settings of the networks in the engine.
    /// - Throws: `EngineError`.
    public convenience init(
        engine: Engine, directory: URL, configuration: MTCNNConfiguration = MTCNNConfiguration(),
        network: NetworkConfiguration = NetworkConfiguration()
    ) throws(EngineError) {
        try self.init(
            name: Self.decoder, engine: engine, directory: directory, configuration: configuration, network: network)
    }

    /// Loads the three weights files that `card` must name: `pnet.onnx`, `rnet.onnx` and `onet.onnx`.
    ///
    /// - Throws: `EngineError`; ``DetectorError/wrongWeights(_:needed:)`` if the card names other files.
    public convenience init(
        name: String, card: ModelCard, engine: Engine, directory: URL, network: NetworkConfiguration
    ) throws {
        guard Set(card.weights.map(\.file)) == ["pnet.onnx", "rnet.onnx", "onet.onnx"] else {
            throw DetectorError.wrongWeights(card.name, needed: "pnet.onnx, rnet.onnx and onet.onnx")
        }
        try self.init(
            name: name, engine: engine, directory: directory, configuration: MTCNNConfiguration(card), network: network)
    }

    private init(
        name: String, engine: Engine, directory: URL, configuration: MTCNNConfiguration, network: NetworkConfiguration
    ) throws(EngineError) {
        func networks(_ name: String) throws(EngineError) -> ShapedNetworks {
            try ShapedNetworks(
                engine: engine, contentsOf: directory.appending(path: "\(name).onnx"), configuration: network,
                capacity: 16)
        }
        self.name = name
        self.configuration = configuration
        proposal = ProposalStage(
            networks: try networks("pnet"), threshold: configuration.thresholds[0],
            packsLevels: configuration.packsLevels)
        refinement = RefinementStage(
            networks: try networks("rnet"), side: 24, threshold: configuration.thresholds[1], batch: 32,
            mostCandidates: 10_000)
        output = RefinementStage(
            networks: try networks("onet"), side: 48, threshold: configuration.thresholds[2], batch: 8,
            mostCandidates: 4000)
    }

    /// Returns the faces of `image`, most confident first.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(in image: Image) async throws -> [Face] {
        try await EngineExecutor.run { try found(in: image) }
    }

    private func found(in image: Image) throws -> [Face] {
        let faces = try look(at: image, longestSide: configuration.longestSide, border: 0)
        guard faces.isEmpty, configuration.border > 0 else { return faces }
        return try look(at: image, longestSide: configuration.longestSide, border: configuration.border)
    }

    /// Returns the faces of one search of `image` with a border.
    func look(at image: Image, longestSide: Int?, border: Float) throws -> [Face] {
        let view = View(of: image, longestSide: longestSide, border: border)
        return try cascade(over: view.image).map(view.inPicture)
            .withoutCovered(over: configuration.greatestCoverage)
    }

    /// Runs the cascade, with the original's suppressions between its stages.
    private func cascade(over image: Image) throws -> [Face] {
        let pyramid = ImagePyramid(
            width: image.width, height: image.height, minimumFaceSize: configuration.minimumFaceSize,
            factor: configuration.factor)
        guard !pyramid.levels.isEmpty else { return [] }
        let picture = IntegralImage(of: image)
        let proposed = try proposal.candidates(in: picture, pyramid: pyramid)
        let refined = try refinement.refine(proposed, in: picture).suppressed(threshold: 0.7)
            .map { $0.regressed(extra: 1).squared() }
        return try output.refine(refined, in: picture).map { $0.regressed(extra: 1) }
            .finallySuppressed(threshold: 0.7).map(Face.init).sound(in: image.size)
    }
}

extension Face {
    fileprivate init(_ candidate: Candidate) {
        self.init(
            box: Box(
                x: candidate.x1, y: candidate.y1, width: candidate.x2 - candidate.x1,
                height: candidate.y2 - candidate.y1),
            confidence: candidate.confidence, landmarks: Landmarks(points: candidate.landmarks))
    }
}
