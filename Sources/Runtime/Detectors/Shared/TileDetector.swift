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

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Parameter tile: A part of a picture, possibly enlarged. If it is larger than ``tileSide``, it is shrunk.
    func faces(inTile tile: Image) async throws -> [Face]
}

extension YuNetDetector: TileDetector {
    /// ``YuNetConfiguration/fineSide``, or else ``YuNetConfiguration/longestSide``.
    public var tileSide: Int { configuration.fineSide ?? configuration.longestSide }
    /// 12 pixels.
    public var smallestFaceInTile: Int { 12 }

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image) async throws -> [Face] {
        try await EngineExecutor.run {
            let view = View(of: tile, longestSide: tileSide)
            return try faces(in: view.image, on: Canvas(tile: view.image.size)).map(view.inPicture)
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

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image) async throws -> [Face] {
        try await EngineExecutor.run {
            let view = View(of: tile, longestSide: tileSide)
            return try faces(in: view.image, on: Canvas(tile: view.image.size)).map(view.inPicture)
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

    /// Returns the faces of `tile`, searched once.
    ///
    /// - Throws: `EngineError` if the engine fails.
    public func faces(inTile tile: Image) async throws -> [Face] {
        try await EngineExecutor.run { try look(at: tile, longestSide: tileSide, border: 0) }
    }
}
