import Detectors
import Faces
import Pixels

/// A search of a picture's parts for small faces.
///
/// The picture is divided into overlapping tiles, which are enlarged or shrunk so that the smallest face is large enough
/// for the detector. Only a strip of the picture is decoded at a time.
struct TileSearch: Sendable {
    /// The side of the smallest faces to find, in pixels of the full picture.
    let smallest: Int
    /// The most pixels of the picture as the tiles show it; `nil` for no limit. In larger pictures, the smallest faces
    /// aren't found.
    let mostPixels: Float?

    /// A search that takes a few times as long as the first look.
    static let affordable = TileSearch(smallest: FaceFinderConfiguration.leastSmallestFace, mostPixels: 3_000_000)
    /// The search of a thorough look.
    static let thorough = TileSearch(smallest: FaceFinderConfiguration.leastSmallestFace, mostPixels: 6_000_000)

    /// Returns the faces in the tiles of `picture`, in pixels of the full picture: one list for each size of tiles. There
    /// is none if the first look at the whole picture already sees such small faces.
    ///
    /// - Throws: `ImageError`; the errors of the detector.
    func looks(
        at picture: SeenPicture, by detector: any FaceDetector, minimumConfidence: Float
    ) async throws -> [[Face]] {
        // The first look sees all large faces, and in enlarged tiles they have worse boxes.
        let scale = Self.firstScale(picture, detector)
        var looks: [[Face]] = []
        for grid in grids(for: picture, by: detector) {
            looks.append(
                try await faces(in: picture, of: grid, by: detector, minimumConfidence)
                    .filter { $0.box.area.squareRoot() * scale < Self.ample })
        }
        return looks
    }

    /// The side from which a face needs no finer look, in pixels as the detector sees it.
    private static let ample: Float = 64

    /// Returns the grids of tiles, coarsest first.
    func grids(for picture: SeenPicture, by detector: any FaceDetector) -> [TileGrid] {
        let pixels = Float(picture.width) * Float(picture.height)
        func scale(of most: Float) -> Float { (most / pixels).squareRoot() }
        let needed = (detector as? any TileDetector)?.smallestFaceInTile ?? FaceFinderConfiguration.leastSmallestFace
        let least = Float(needed) / Float(smallest)
        let wanted = max(least, min(scale(of: Self.freePixels), Self.wellSeen / Float(smallest)))
        let finest = mostPixels.map { min(wanted, scale(of: $0)) } ?? wanted
        let first = Self.firstScale(picture, detector)
        var scales: [Float] = [], next = finest
        while next > first * Self.worthwhile {
            scales.append(next)
            next /= Self.step
        }
        // Two sizes find more than one, and their means are better boxes.
        let second = finest / Self.neighbor
        if second > first * Self.worthwhile, second <= scale(of: Self.neighborPixels) { scales.append(second) }
        return scales.sorted().map {
            TileGrid(width: picture.width, height: picture.height, scale: $0, side: Self.side(detector))
        }
    }

    /// The size of the view of the second scale at most, in pixels.
    private static let neighborPixels: Float = 3_000_000
    /// The size to which small pictures are enlarged at most, in pixels.
    private static let freePixels: Float = 6_000_000
    /// The side from which detectors see most faces, in pixels. Larger pictures find no more faces.
    private static let wellSeen: Float = 36
    /// The least advantage in scale that is worth a further search.
    private static let worthwhile: Float = 1.2
    /// The ratio of the scales of two grids. A tile shows faces up to a tenth of its side whole.
    private static let step: Float = 4
    /// The ratio of the finest scale to the second one.
    private static let neighbor: Float = 1.5

    /// The scale of the first look.
    static func firstScale(_ picture: SeenPicture, _ detector: any FaceDetector) -> Float {
        guard let side = detector.longestSide else { return 1 }
        return min(Float(side) / Float(max(picture.width, picture.height)), 1)
    }

    private static func side(_ detector: any FaceDetector) -> Int {
        (detector as? any TileDetector)?.tileSide ?? min(detector.longestSide ?? longestTile, longestTile)
    }

    private static let longestTile = 1280

    /// Returns the faces in the tiles of one grid.
    private func faces(
        in picture: SeenPicture, of grid: TileGrid, by detector: any FaceDetector, _ minimumConfidence: Float
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
                    faces += try await Self.faces(in: tile, scale: grid.scale, by: detector, minimumConfidence)
                        .filter { !grid.isCut($0.box, columns: column, rows: row) }
                }
            }
        }
        return [faces].fused().withoutDuplicates().map(\.face)
    }

    /// The number of pixels that are decoded at a time.
    private static let mostDecoded = 16_000_000

    /// Returns the faces in one tile, in pixels of the full picture.
    private static func faces(
        in tile: ScaledImage, scale: Float, by detector: any FaceDetector, _ minimumConfidence: Float
    ) async throws -> [Face] {
        let image = tile.image, factor = scale * Float(tile.reduction)
        let width = max(Int((Float(image.width) * factor).rounded()), 1)
        let height = max(Int((Float(image.height) * factor).rounded()), 1)
        try Memory.check(width * height * 3)
        let view = image.resized(width: width, height: height)
        let found: [Face] =
            if let detector = detector as? any TileDetector {
                try await detector.faces(
                    inTile: view, minimumConfidence: minimumConfidence)
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
