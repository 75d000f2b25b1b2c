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
        let picture = image.shrunk(toLongestSide: configuration.fineSide ?? configuration.longestSide)
        return try picture.faces(border: configuration.border, look)
            .map { $0.scaled(from: picture, to: image) }
            .filter { $0.box.area.squareRoot() >= configuration.minimumFaceSize }
    }

    /// Gets ready for pictures of a size: the first one then does not wait for its networks to be loaded.
    ///
    /// - Throws: `EngineError`.
    public func prepare(width: Int, height: Int) throws(EngineError) {
        let looks = Looks(at: PixelSize(width: width, height: height), configuration)
        for canvas in [looks.coarse, looks.fine].compactMap(\.self) {
            _ = try networks.network(for: Self.shape(canvas))
        }
    }

    /// The canvases on which a picture is looked at.
    struct Looks {
        let coarse: Canvas
        let fine: Canvas?

        /// Large pictures share few canvases: each takes tenths of a second to compile, and what black costs there is
        /// little beside the decoding.
        init(at size: PixelSize, _ configuration: YuNetConfiguration) {
            let size = size.shrunk(toLongestSide: configuration.fineSide ?? configuration.longestSide)
            let isLarge = size.longest * 2 >= configuration.longestSide * 3
            coarse = Canvas(
                holding: size.shrunk(toLongestSide: configuration.longestSide), quarters: isLarge ? 4...4 : 1...4)
            fine = isLarge ? Canvas(holding: size, quarters: 3...4) : nil
        }
    }

    /// The faces that one look finds, or a coarse and a fine one.
    private func look(at picture: Image) throws -> [Face] {
        let looks = Looks(at: picture.size, configuration)
        let coarse = picture.shrunk(toLongestSide: configuration.longestSide)
        let first = try faces(in: coarse, on: looks.coarse).map { $0.scaled(from: coarse, to: picture) }
        guard let fine = looks.fine else { return first.suppressed(threshold: configuration.overlap) }
        let second = try faces(in: picture, on: fine)
        // Landmarks are best where the face has about 130 to 260 pixels: of two looks at one face that one is kept.
        let scale = Float(coarse.width) / Float(picture.width)
        func isLarge(_ face: Face) -> Bool { face.box.area.squareRoot() * scale >= Self.amplePixels }
        let preferred = first.filter(isLarge) + second.filter { !isLarge($0) }
        let others = first.filter { !isLarge($0) } + second.filter(isLarge)
        return preferred.suppressed(threshold: configuration.overlap)
            .adding(others.suppressed(threshold: configuration.overlap), threshold: configuration.overlap)
    }

    /// A face with as many pixels on a side needs no finer look.
    private static let amplePixels: Float = 128

    /// The faces in pixels of the canvas, overlapping ones among them.
    func faces(in image: Image, on canvas: Canvas) throws -> [Face] {
        let shape = Self.shape(canvas)
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

    private static func shape(_ canvas: Canvas) -> [Int] { [1, canvas.height, canvas.width, 3] }
}
