public import Faces
public import Foundation
public import Inference
public import Pixels

/// YuNet: the default detector, a network of 53,104 parameters that takes milliseconds.
///
/// Wu, Peng and Yu, *YuNet: A Tiny Millisecond-level Face Detector*, 2023.
public final class YuNetDetector: ModelDetector {
    /// The name of this code in model cards: `yunet`.
    public static let decoder = "yunet"

    /// The detector's name, as reported in results.
    public let name: String
    /// The detector's settings.
    public let configuration: YuNetConfiguration
    private let networks: ShapedNetworks

    /// The longest side of the network's input: ``YuNetConfiguration/fineSide`` or ``YuNetConfiguration/longestSide``.
    public var longestSide: Int? { configuration.fineSide ?? configuration.longestSide }

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
        engine: Engine, directory: URL, configuration: YuNetConfiguration = YuNetConfiguration(),
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
            configuration: YuNetConfiguration(card), network: network)
    }

    private init(
        name: String, engine: Engine, contentsOf file: URL, configuration: YuNetConfiguration,
        network: NetworkConfiguration
    ) throws(EngineError) {
        self.name = name
        self.configuration = configuration
        networks = try ShapedNetworks(
            engine: engine, contentsOf: file,
            input: .pixels(PixelInput(channels: .bgr)), configuration: network, capacity: 16,
            mostElements: Self.mostPixels * 3)
    }

    /// Returns the faces of `image`, most confident first.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(in image: Image) async throws -> [Face] { try await faces(in: image, for: .all) }

    /// Returns the faces of `image` from which `selection` selects.
    ///
    /// Small faces in a large picture need a fine search. It is skipped if only one face is selected and this face is
    /// large.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(in image: Image, for selection: FaceSelection) async throws -> [Face] {
        try await EngineExecutor.run { try found(in: image, for: selection) }
    }

    private func found(in image: Image, for selection: FaceSelection) throws -> [Face] {
        var faces = try look(at: image, for: selection)
        if faces.isEmpty, configuration.border > 0 {
            // A face that fills the frame is large enough for the coarse search.
            let view = View(of: image, longestSide: configuration.longestSide, border: configuration.border)
            faces = try self.faces(in: view, quarters: quarters(at: image.size))
                .suppressed(threshold: configuration.overlap)
        }
        return faces.withoutCovered(over: configuration.greatestCoverage)
            .filter { $0.box.area.squareRoot() >= configuration.minimumFaceSize }
    }

    /// Prepares for pictures of a size, so that the first picture need not wait for the networks to load.
    ///
    /// - Parameters:
    ///   - width: The pictures' width in pixels, at least 1.
    ///   - height: The pictures' height in pixels, at least 1.
    ///   - selection: The faces that will be selected. For a single face, only the network of the coarse search is
    ///     loaded, because the fine search of a whole picture is then rare.
    /// - Throws: `EngineError`.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func prepare(width: Int, height: Int, for selection: FaceSelection = .all) throws(EngineError) {
        let canvases = canvases(at: PixelSize(width: width, height: height))
        for canvas in selection == .all ? canvases[...] : canvases.prefix(1) {
            _ = try networks.network(for: Self.shape(canvas))
        }
    }

    /// Returns the canvases for a picture of `size`: the coarse one and, for large pictures, a fine one.
    func canvases(at size: PixelSize) -> [Canvas] {
        let coarse = size.shrunk(toLongestSide: configuration.longestSide)
        let fine = size.shrunk(toLongestSide: configuration.fineSide)
        return [Canvas(holding: coarse, quarters: quarters(at: size))]
            + (isLarge(size) ? [Canvas(holding: fine, quarters: Self.fewQuarters)] : [])
    }

    /// Returns whether a picture of this size is searched twice.
    private func isLarge(_ size: PixelSize) -> Bool {
        guard let fineSide = configuration.fineSide else { return false }
        return size.shrunk(toLongestSide: fineSide).longest * 2 >= configuration.longestSide * 3
    }

    /// Returns the allowed short sides of canvases.
    ///
    /// Large pictures share few canvases: each takes tenths of a second to compile, and the cost of black pixels is
    /// small compared with decoding.
    private func quarters(at size: PixelSize) -> ClosedRange<Int> { isLarge(size) ? Self.fewQuarters : 1...4 }

    private static let fewQuarters = 3...4

    /// The largest total number of canvas pixels for which networks are kept. It suffices for the two canvases of large
    /// photographs in both orientations, and for some small ones.
    private static let mostPixels = 3_200_000

    /// Returns the faces of one search, or of a coarse and a fine one.
    private func look(at image: Image, for selection: FaceSelection) throws -> [Face] {
        let size = image.size, coarse = View(of: image, longestSide: configuration.longestSide)
        let first = try faces(in: coarse, quarters: quarters(at: size))
        let found = first.suppressed(threshold: configuration.overlap)
        guard isLarge(size) else { return found }
        // Landmarks are best if the face has about 130 to 260 pixels. Of two detections of one face, the one nearer to
        // that size is kept.
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

    /// Returns the face that replaces `face` after a fine search of its surroundings only; `nil` if nothing is found.
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

    /// The size of a face's surroundings, in widths and heights of its box.
    private static let surroundings: Float = 2
    /// The intersection over union from which boxes of two searches count as one face.
    private static let sameFace: Float = 0.5

    /// The number of pixels on a side from which a face needs no fine search.
    private static let amplePixels: Float = 128
    /// The size, in pixels of the network's input, from which the coarse search finds a face: twice the least side that
    /// the network detects.
    private static let smallPixels: Float = 24

    /// Returns the faces in `view`, in the pixels of its picture, before suppression.
    private func faces(in view: View, quarters: ClosedRange<Int>) throws -> [Face] {
        try faces(in: view.image, on: Canvas(holding: view.image.size, quarters: quarters)).map(view.inPicture)
    }

    /// Returns the faces in pixels of the canvas, before suppression.
    ///
    /// - Parameter minimumConfidence: The minimum confidence; `nil` for that of the configuration.
    func faces(in image: Image, on canvas: Canvas, minimumConfidence: Float? = nil) throws -> [Face] {
        let shape = Self.shape(canvas), least = minimumConfidence ?? configuration.minimumConfidence
        let faces = try networks.network(for: shape).run(pixels: shape) {
            canvas.draw(image, into: $0)
        } read: { outputs in
            try [8, 16, 32].flatMap { stride in
                let places = (canvas.width / stride) * (canvas.height / stride)
                return try YuNetDecoder(
                    stride: stride, columns: canvas.width / stride, minimumConfidence: least
                ).faces(
                    classes: outputs.numbers("cls_\(stride)", count: places),
                    objectness: outputs.numbers("obj_\(stride)", count: places),
                    boxes: outputs.numbers("bbox_\(stride)", count: places * 4),
                    points: outputs.numbers("kps_\(stride)", count: places * 10))
            }
        }
        return faces.sound(in: image.size)
    }

    private static func shape(_ canvas: Canvas) -> [Int] { [1, canvas.height, canvas.width, 3] }
}
