public import Faces
import Inference
public import Pixels

/// A detector that can search one tile of a picture in a single run of its network.
///
/// `faces(in:)` may search a picture several times, for example with a border if nothing is found. Most tiles of a
/// picture show no face, so these repetitions would take most of the time.
public protocol TileDetector: FaceDetector {
    /// The longest side of a tile that the detector searches well in one run, in pixels.
    var tileSide: Int { get }
    /// The side of the smallest face that the detector can find in a tile, in pixels.
    var smallestFaceInTile: Int { get }
    /// The least confidence of a face in a whole picture.
    var minimumConfidence: Float { get }
    /// The least confidence of a face that only one look at a tile finds: faces that are enlarged in a tile are seen with
    /// less confidence than large ones.
    var tileConfidence: Float { get }

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Parameters:
    ///   - tile: A part of a picture, possibly enlarged. If it is larger than ``tileSide``, it is shrunk.
    ///   - minimumConfidence: The least confidence of a face.
    func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face]
}

extension YuNetDetector: TileDetector {
    /// ``YuNetConfiguration/fineSide``, or else ``YuNetConfiguration/longestSide``.
    public var tileSide: Int { configuration.fineSide ?? configuration.longestSide }
    /// 12 pixels.
    public var smallestFaceInTile: Int { 12 }
    /// ``YuNetConfiguration/minimumConfidence``.
    public var minimumConfidence: Float { configuration.minimumConfidence }
    /// ``YuNetConfiguration/tileConfidence``.
    public var tileConfidence: Float { configuration.tileConfidence }

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] {
        try await EngineExecutor.run {
            let view = View(of: tile, longestSide: tileSide)
            return try faces(
                in: view.image, on: Canvas(tile: view.image.size), minimumConfidence: minimumConfidence
            ).map(view.inPicture)
                .suppressed(threshold: configuration.overlap)
                .withoutCovered(over: configuration.greatestCoverage)
        }
    }
}

extension RetinaFaceDetector: TileDetector {
    /// ``RetinaFaceConfiguration/longestSide``.
    public var tileSide: Int { configuration.longestSide }
    /// 16 pixels, the side of the smallest anchors.
    public var smallestFaceInTile: Int { 16 }
    /// ``RetinaFaceConfiguration/minimumConfidence``.
    public var minimumConfidence: Float { configuration.minimumConfidence }
    /// ``RetinaFaceConfiguration/tileConfidence``.
    public var tileConfidence: Float { configuration.tileConfidence }

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] {
        try await EngineExecutor.run {
            let view = View(of: tile, longestSide: tileSide)
            return try faces(
                in: view.image, on: Canvas(tile: view.image.size), minimumConfidence: minimumConfidence
            ).map(view.inPicture)
                .suppressed(threshold: configuration.overlap)
                .withoutCovered(over: configuration.greatestCoverage)
        }
    }
}

extension MTCNNDetector: TileDetector {
    /// ``MTCNNConfiguration/longestSide``, or 1280 pixels if there is none.
    public var tileSide: Int { configuration.longestSide ?? 1280 }
    /// ``MTCNNConfiguration/minimumFaceSize``.
    public var smallestFaceInTile: Int { configuration.minimumFaceSize }
    /// The last of ``MTCNNConfiguration/thresholds``.
    public var minimumConfidence: Float { configuration.thresholds[2] }
    /// The last of ``MTCNNConfiguration/thresholds``: its cascade drops faces of less confidence.
    public var tileConfidence: Float { minimumConfidence }

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] {
        try await EngineExecutor.run { try look(at: tile, longestSide: tileSide, border: 0) }
            .filter { $0.confidence >= minimumConfidence }
    }
}
