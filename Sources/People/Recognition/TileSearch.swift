import Detectors
import Faces
import Pixels

/// A search of a picture's parts for small faces.
///
/// The picture is divided into overlapping tiles, which are enlarged or shrunk so that the smallest face is large enough
/// for the detector. Only a strip of the picture is decoded at a time.
struct TileSearch: Sendable {
    /// The side of the smallest face to find, in pixels of the full picture.
    let smallest: Int

    /// Returns the faces in the tiles of `picture`, in pixels of the full picture; `[]` if the first look at the whole
    /// picture already sees such small faces.
    ///
    /// - Throws: `ImageError`; the errors of the detector.
    func faces(in picture: SeenPicture, by detector: any FaceDetector) async throws -> [Face] {
        var faces: [Face] = []
        for grid in grids(for: picture, by: detector) {
            let found = try await self.faces(in: picture, of: grid, by: detector)
            faces = found.merged(with: faces) { _ in false }
        }
        // The first look sees all large faces, and in enlarged tiles they have worse boxes.
        let scale = Self.firstScale(picture, detector)
        return faces.filter { $0.box.area.squareRoot() * scale < Self.ample }
    }

    /// The side from which a face needs no finer look, in pixels as the detector sees it.
    private static let ample: Float = 64

    /// Returns the grids of tiles, coarsest first.
    func grids(for picture: SeenPicture, by detector: any FaceDetector) -> [TileGrid] {
        let needed = Float(
            (detector as? any TileDetector)?.smallestFaceInTile ?? FaceFinderConfiguration.leastSmallestFace)
        let pixels = Float(picture.width) * Float(picture.height)
        // A detector finds most faces that are three times as large as its smallest one. For large pictures, that would
        // take too long.
        let least = needed / Float(smallest)
        let finest = min(max(least, (Self.freePixels / pixels).squareRoot()), least * Self.enlargement)
        let first = Self.firstScale(picture, detector)
        var scales: [Float] = [], scale = finest
        while scale > first * Self.worthwhile {
            scales.append(scale)
            scale /= Self.step
        }
        return scales.reversed().map {
            TileGrid(width: picture.width, height: picture.height, scale: $0, side: Self.side(detector))
        }
    }

    /// The size to which small pictures are enlarged at most, in pixels.
    private static let freePixels: Float = 6_000_000
    /// The enlargement of the smallest face over the least one that a detector finds.
    private static let enlargement: Float = 3
    /// The least advantage in scale that is worth a further search.
    private static let worthwhile: Float = 1.2
    /// The ratio of the scales of two grids. A tile shows faces up to a tenth of its side whole.
    private static let step: Float = 4

    /// The scale of the first look.
    private static func firstScale(_ picture: SeenPicture, _ detector: any FaceDetector) -> Float {
        guard let side = detector.longestSide else { return 1 }
        return min(Float(side) / Float(max(picture.width, picture.height)), 1)
    }

    private static func side(_ detector: any FaceDetector) -> Int {
        (detector as? any TileDetector)?.tileSide ?? min(detector.longestSide ?? longestTile, longestTile)
    }

    private static let longestTile = 1280

    /// Returns the faces in the tiles of one grid.
    private func faces(
        in picture: SeenPicture, of grid: TileGrid, by detector: any FaceDetector
    ) async throws -> [Face] {
        var reduction = 1
        while Float(reduction * 2) * grid.scale <= 1, reduction < EncodedImage.largestReduction { reduction *= 2 }
        var faces: [Face] = []
        for rows in grid.bands(of: Self.mostDecoded * reduction * reduction) {
            guard let top = rows.first?.lowerBound, let bottom = rows.last?.upperBound else { continue }
            let strip = try await DecoderThreads.run(for: picture.format) {
                try picture.strip(rows: top..<bottom, reducedBy: reduction)
            }
            for row in rows {
                for column in grid.columns {
                    try Task.checkCancellation()
                    let box = Box(
                        x: Float(column.lowerBound), y: Float(row.lowerBound), width: Float(column.count),
                        height: Float(row.count))
                    guard let tile = strip.part(box) else { continue }
                    let found = try await Self.faces(in: tile, scale: grid.scale, by: detector)
                        .filter { !grid.isCut($0.box, columns: column, rows: row) }
                    faces = faces.merged(with: found) { _ in false }
                }
            }
        }
        return faces
    }

    /// The number of pixels that are decoded at a time.
    private static let mostDecoded = 16_000_000

    /// Returns the faces in one tile, in pixels of the full picture.
    private static func faces(
        in tile: ScaledImage, scale: Float, by detector: any FaceDetector
    ) async throws -> [Face] {
        let image = tile.image, factor = scale * Float(tile.reduction)
        let width = max(Int((Float(image.width) * factor).rounded()), 1)
        let height = max(Int((Float(image.height) * factor).rounded()), 1)
        try Memory.check(width * height * 3)
        let view = image.resized(width: width, height: height)
        let found: [Face] =
            if let detector = detector as? any TileDetector {
                try await detector.faces(inTile: view)
            } else {
                try await detector.faces(in: view)
            }
        let across = Float(image.width * tile.reduction) / Float(width)
        let down = Float(image.height * tile.reduction) / Float(height)
        return found.map {
            $0.stretched(across: across, down: down).mapped(scale: 1, dx: Float(tile.x), dy: Float(tile.y))
        }
    }
}
