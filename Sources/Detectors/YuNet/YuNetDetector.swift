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

    /// ``YuNetConfiguration/fineSide``.
    public var longestSide: Int? { configuration.fineSide ?? configuration.longestSide }

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
            input: .pixels(PixelInput(channels: .bgr)), configuration: network, capacity: 16,
            mostElements: Self.mostPixels * 3)
    }

    /// The faces of `image`, most confident first.
    ///
    /// - Throws: `EngineError` where the engine fails.
    public func faces(in image: Image) async throws -> [Face] {
        var faces = try look(at: image)
        if faces.isEmpty, configuration.border > 0 {
            // A face that fills the frame is large enough at the coarse size.
            let view = View(of: image, longestSide: configuration.longestSide, border: configuration.border)
            faces = try self.faces(in: view, quarters: quarters(at: image.size))
                .suppressed(threshold: configuration.overlap)
        }
        return faces.withoutCovered(over: configuration.greatestCoverage)
            .filter { $0.box.area.squareRoot() >= configuration.minimumFaceSize }
    }

    /// Gets ready for pictures of a size, in pixels, at least 1 each: the first one then does not wait for its networks
    /// to be loaded.
    ///
    /// - Throws: `EngineError`.
    public func prepare(width: Int, height: Int) throws(EngineError) {
        for canvas in canvases(at: PixelSize(width: width, height: height)) {
            _ = try networks.network(for: Self.shape(canvas))
        }
    }

    /// The canvases on which a picture of `size` is looked at: the coarse one, and for large pictures a fine one.
    func canvases(at size: PixelSize) -> [Canvas] {
        let coarse = size.shrunk(toLongestSide: configuration.longestSide)
        let fine = size.shrunk(toLongestSide: configuration.fineSide)
        return [Canvas(holding: coarse, quarters: quarters(at: size))]
            + (isLarge(size) ? [Canvas(holding: fine, quarters: Self.fineQuarters)] : [])
    }

    /// Whether a picture is looked at twice.
    private func isLarge(_ size: PixelSize) -> Bool {
        guard let fineSide = configuration.fineSide else { return false }
        return size.shrunk(toLongestSide: fineSide).longest * 2 >= configuration.longestSide * 3
    }

    /// Large pictures share few canvases: each takes tenths of a second to compile, and what black costs there is little
    /// beside the decoding.
    private func quarters(at size: PixelSize) -> ClosedRange<Int> { isLarge(size) ? 4...4 : 1...4 }

    private static let fineQuarters = 3...4

    /// How many pixels the canvases have together whose networks are kept: the two of large photographs, upright and on their
    /// side, and some small ones.
    private static let mostPixels = 4_000_000

    /// The faces that one look finds, or a coarse and a fine one.
    private func look(at image: Image) throws -> [Face] {
        let size = image.size
        // The coarse view is made from the fine one, which is smaller than the picture.
        let picture = View(of: image, longestSide: configuration.fineSide ?? configuration.longestSide)
        let coarse = View(of: picture.image, longestSide: configuration.longestSide)
        let first = try faces(in: coarse, quarters: quarters(at: size)).map(picture.inPicture)
        guard isLarge(size) else { return first.suppressed(threshold: configuration.overlap) }
        let second = try faces(in: picture, quarters: Self.fineQuarters)
        // Landmarks are best where the face has about 130 to 260 pixels: of two looks at one face that one is kept.
        let scale = Float(coarse.image.size.longest) / Float(size.longest)
        func isAmple(_ face: Face) -> Bool { face.box.area.squareRoot() * scale >= Self.amplePixels }
        let preferred = first.filter(isAmple) + second.filter { !isAmple($0) }
        let others = first.filter { !isAmple($0) } + second.filter(isAmple)
        return preferred.suppressed(threshold: configuration.overlap)
            .adding(others.suppressed(threshold: configuration.overlap), threshold: configuration.overlap)
    }

    /// A face with as many pixels on a side needs no finer look.
    private static let amplePixels: Float = 128

    /// The faces in `view`, in the pixels of the picture that it is of, overlapping ones among them.
    private func faces(in view: View, quarters: ClosedRange<Int>) throws -> [Face] {
        try faces(in: view.image, on: Canvas(holding: view.image.size, quarters: quarters)).map(view.inPicture)
    }

    /// The faces in pixels of the canvas, overlapping ones among them.
    func faces(in image: Image, on canvas: Canvas) throws -> [Face] {
        let shape = Self.shape(canvas)
        let faces = try networks.network(for: shape).run(pixels: shape) {
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
        return faces.sound(in: image.size)
    }

    private static func shape(_ canvas: Canvas) -> [Int] { [1, canvas.height, canvas.width, 3] }
}
