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
    public func faces(in image: Image) async throws -> [Face] { try await faces(in: image, for: .all) }

    /// The same; small faces of a large picture, which need a fine look, are left out where a large one is selected anyway.
    public func faces(in image: Image, for selection: FaceSelection) async throws -> [Face] {
        try await EngineExecutor.run { try found(in: image, for: selection) }
    }

    private func found(in image: Image, for selection: FaceSelection) throws -> [Face] {
        var faces = try look(at: image, for: selection)
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
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
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
            + (isLarge(size) ? [Canvas(holding: fine, quarters: Self.fewQuarters)] : [])
    }

    /// Whether a picture is looked at twice.
    private func isLarge(_ size: PixelSize) -> Bool {
        guard let fineSide = configuration.fineSide else { return false }
        return size.shrunk(toLongestSide: fineSide).longest * 2 >= configuration.longestSide * 3
    }

    /// Large pictures share few canvases: each takes tenths of a second to compile, and what black costs there is little
    /// beside the decoding.
    private func quarters(at size: PixelSize) -> ClosedRange<Int> { isLarge(size) ? Self.fewQuarters : 1...4 }

    private static let fewQuarters = 3...4

    /// How many pixels the canvases have together whose networks are kept: the two of large photographs, upright and on their
    /// side, and some small ones.
    private static let mostPixels = 3_200_000

    /// The faces that one look finds, or a coarse and a fine one.
    private func look(at image: Image, for selection: FaceSelection) throws -> [Face] {
        let size = image.size, coarse = View(of: image, longestSide: configuration.longestSide)
        let first = try faces(in: coarse, quarters: quarters(at: size))
        let found = first.suppressed(threshold: configuration.overlap)
        guard isLarge(size) else { return found }
        // Landmarks are best where the face has about 130 to 260 pixels: of two looks at one face that one is kept.
        let scale = Float(coarse.image.size.longest) / Float(size.longest)
        func isAmple(_ face: Face) -> Bool { face.box.area.squareRoot() * scale >= Self.amplePixels }
        if let selected = selection.select(from: found, width: size.width, height: size.height).first,
            selection.isSettled(
                by: found, againstSmallerThan: Self.smallPixels / scale, width: size.width, height: size.height)
        {
            if isAmple(selected) { return found }
            if let finer = try face(like: selected, in: image) {
                return (found.filter { $0 != selected } + [finer]).sorted { $0.confidence > $1.confidence }
            }
        }
        let second = try faces(in: View(of: image, longestSide: configuration.fineSide), quarters: Self.fewQuarters)
        let preferred = first.filter(isAmple) + second.filter { !isAmple($0) }
        let others = first.filter { !isAmple($0) } + second.filter(isAmple)
        return preferred.suppressed(threshold: configuration.overlap)
            .adding(others.suppressed(threshold: configuration.overlap), threshold: configuration.overlap)
    }

    /// What a fine look only at `face` and its surroundings finds in its place; `nil` where it finds nothing.
    private func face(like face: Face, in image: Image) throws -> Face? {
        let side = max(face.box.width, face.box.height) * Self.surroundings
        let part = Box(x: face.box.center.x - side / 2, y: face.box.center.y - side / 2, width: side, height: side)
            .intersection(Box(x: 0, y: 0, width: Float(image.width), height: Float(image.height)))
        guard part.area > 0 else { return nil }
        let left = part.x.rounded(.down), top = part.y.rounded(.down)
        let pixels = image.cropped(
            to: Box(
                x: left, y: top, width: (part.x + part.width).rounded(.down) - left,
                height: (part.y + part.height).rounded(.down) - top))
        let scale = min(Float(configuration.fineSide ?? configuration.longestSide) / Float(image.size.longest), 1)
        let view = View(of: pixels, longestSide: max(Int(Float(pixels.size.longest) * scale), 1))
        return try faces(in: view, quarters: 4...4)
            .map { $0.mapped(scale: 1, dx: left, dy: top) }
            .filter { $0.box.overlap(with: face.box) > Self.sameFace }
            .max { $0.confidence < $1.confidence }
    }

    /// A face with its surroundings is so many times as wide and high as its box.
    private static let surroundings: Float = 2
    /// Boxes of two looks that overlap by more are of one face: the intersection over the union.
    private static let sameFace: Float = 0.5

    /// A face with as many pixels on a side needs no finer look.
    private static let amplePixels: Float = 128
    /// What is larger is found by the coarse look already: twice the least side of a face that the network finds, in its pixels.
    private static let smallPixels: Float = 24

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
