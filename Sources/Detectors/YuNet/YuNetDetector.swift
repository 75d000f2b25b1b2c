public import Faces
public import Foundation
public import Inference
public import Pixels

/// YuNet: a face detector of 76,000 parameters that takes milliseconds, and the default here.
///
/// Wu, Peng and Yu, *YuNet: A Tiny Millisecond-level Face Detector*, 2023.
public final class YuNetDetector: FaceDetector {
    /// `yunet`.
    public let name = "yunet"
    /// How it looks for faces.
    public let configuration: YuNetConfiguration
    private let networks: ShapedNetworks

    /// The precision that runs: `f32` or `bf16`.
    public var precision: String { networks.precision.rawValue }

    /// Loads the detector.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - directory: The folder of its `model.onnx`.
    ///   - configuration: How it looks for faces.
    ///   - network: How the engine runs it.
    /// - Throws: `EngineError`.
    public init(
        engine: Engine, directory: URL, configuration: YuNetConfiguration = YuNetConfiguration(),
        network: NetworkConfiguration = NetworkConfiguration()
    ) throws(EngineError) {
        self.configuration = configuration
        networks = try ShapedNetworks(
            engine: engine, contentsOf: directory.appending(path: "model.onnx"),
            input: .pixels(PixelInput(channels: .bgr)), configuration: network, capacity: 16)
    }

    /// The faces of `image`, most confident first.
    ///
    /// - Throws: `EngineError` where the engine fails.
    public func faces(in image: Image) async throws -> [Face] {
        var faces = try look(at: image, longestSide: configuration.longestSide)
        let longest = max(image.width, image.height)
        if let fine = configuration.fineSide, longest * 2 >= configuration.longestSide * 3 {
            faces += try look(at: image, longestSide: min(fine, (longest + 127) / 128 * 128))
        }
        if faces.isEmpty, configuration.border > 0 {
            faces = try look(at: image, longestSide: configuration.longestSide, border: configuration.border)
        }
        return faces.filter { $0.box.area.squareRoot() >= configuration.minimumFaceSize }
            .suppressed(threshold: configuration.overlap)
    }

    private func look(at image: Image, longestSide: Int, border: Float = 0) throws -> [Face] {
        let canvas = Canvas(width: image.width, height: image.height, longestSide: longestSide, border: border)
        return try faces(in: image, on: canvas).map { $0.inPicture(image, from: canvas) }
    }

    /// The faces in pixels of the canvas, overlapping ones among them.
    func faces(in image: Image, on canvas: Canvas) throws -> [Face] {
        let shape = [1, canvas.height, canvas.width, 3]
        return try networks.network(for: shape).run(pixels: shape) {
            canvas.draw(image, into: $0)
        } read: { outputs in
            try [8, 16, 32].flatMap { stride in
                try YuNetDecoder(
                    stride: stride, columns: canvas.width / stride,
                    minimumConfidence: configuration.minimumConfidence
                ).faces(
                    classes: outputs["cls_\(stride)"].values, objectness: outputs["obj_\(stride)"].values,
                    boxes: outputs["bbox_\(stride)"].values, points: outputs["kps_\(stride)"].values)
            }
        }
    }
}
