public import Faces
public import Foundation
public import Inference
public import Pixels

/// RetinaFace with a MobileNet backbone of a quarter of the width.
///
/// Deng et al., *RetinaFace: Single-shot Multi-level Face Localisation in the Wild*, 2020 (arXiv:1905.00641).
public final class RetinaFaceDetector: ModelDetector {
    /// The name of this code in model cards: `retinaface`.
    public static let decoder = "retinaface"

    /// The detector's name, as reported in results.
    public let name: String
    /// The detector's settings.
    public let configuration: RetinaFaceConfiguration
    private let networks: ShapedNetworks

    /// The longest side of the network's input: ``RetinaFaceConfiguration/longestSide``.
    public var longestSide: Int? { configuration.longestSide }

    /// The numeric precision: `f32` or `bf16`.
    public var precision: String { networks.precision.rawValue }

    /// Loads the detector.
    ///
    /// - Parameters:
    ///   - engine: The inference engine.
    ///   - directory: The folder with `model.onnx`.
    ///   - configuration: The detector's settings.
    ///   - network: The settings of the network in the engine.
    /// - Throws: `EngineError`.
    public convenience init(
        engine: Engine, directory: URL, configuration: RetinaFaceConfiguration = RetinaFaceConfiguration(),
        network: NetworkConfiguration = NetworkConfiguration()
    ) throws(EngineError) {
        try self.init(
            name: Self.decoder, engine: engine, contentsOf: directory.appending(path: "model.onnx"),
            configuration: configuration, network: network)
    }

    /// Loads the only weights file that `card` names.
    ///
    /// - Throws: `EngineError`; ``DetectorError/wrongWeights(_:needed:)`` if the card does not name exactly one file.
    public convenience init(
        name: String, card: ModelCard, engine: Engine, directory: URL, network: NetworkConfiguration
    ) throws {
        try self.init(
            name: name, engine: engine, contentsOf: try card.onlyWeights(in: directory),
            configuration: RetinaFaceConfiguration(card), network: network)
    }

    private init(
        name: String, engine: Engine, contentsOf file: URL, configuration: RetinaFaceConfiguration,
        network: NetworkConfiguration
    ) throws(EngineError) {
        self.name = name
        self.configuration = configuration
        networks = try ShapedNetworks(
            engine: engine, contentsOf: file,
            input: .pixels(PixelInput(channels: .bgr, mean: [127, 117, 104])), configuration: network, capacity: 16)
    }

    /// Returns the faces of `image`, most confident first.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(in image: Image) async throws -> [Face] {
        try await EngineExecutor.run { try found(in: image) }
    }

    private func found(in image: Image) throws -> [Face] {
        var faces = try look(at: image, border: 0)
        if faces.isEmpty, configuration.border > 0 { faces = try look(at: image, border: configuration.border) }
        return faces.filter { $0.box.area.squareRoot() >= configuration.minimumFaceSize }
    }

    private func look(at image: Image, border: Float) throws -> [Face] {
        let view = View(of: image, longestSide: configuration.longestSide, border: border)
        return try faces(in: view.image, on: Canvas(holding: view.image.size))
            .suppressed(threshold: configuration.overlap).map(view.inPicture)
            .withoutCovered(over: configuration.greatestCoverage)
    }

    /// Returns the faces in pixels of the canvas, before suppression.
    ///
    /// - Parameter minimumConfidence: The minimum confidence; `nil` for that of the configuration.
    func faces(in image: Image, on canvas: Canvas, minimumConfidence: Float? = nil) throws -> [Face] {
        let shape = [1, canvas.height, canvas.width, 3], least = minimumConfidence ?? configuration.minimumConfidence
        let faces = try networks.network(for: shape).run(pixels: shape) {
            canvas.draw(image, into: $0)
        } read: { outputs in
            let anchors = AnchorGrid(width: canvas.width, height: canvas.height)
            let confidences = try outputs.numbers("conf", count: anchors.count * 2)
            let boxes = try outputs.numbers("loc", count: anchors.count * 4)
            let points = try outputs.numbers("landmarks", count: anchors.count * 10)
            var faces: [Face] = []
            anchors.forEach { index, anchor in
                let confidence = confidences[index * 2 + 1]
                guard confidence >= least else { return }
                faces.append(
                    AnchorGrid.face(
                        from: anchor(), box: boxes[index * 4..<index * 4 + 4],
                        points: points[index * 10..<index * 10 + 10], confidence: confidence))
            }
            return faces
        }
        return faces.sound(in: image.size)
    }
}
