import Detectors
import Faces
import LikenessSupport
import Pixels
import Synchronization
import Testing

@testable import Recognition

/// A detector of white squares on black, which counts its tiles.
private final class SquareDetector: TileDetector {
    let name = "squares", precision = "f32"
    let tileSide = 320, smallestFaceInTile = 12
    let minimumConfidence: Float = 0.6
    let tileConfidence: Float = 0.55
    var longestSide: Int? { 320 }
    private let sizes = Mutex<[Int]>([])

    /// The longest side of every tile.
    var tiles: [Int] { sizes.withLock { $0 } }

    func faces(in image: Image) async throws -> [Face] { [] }

    func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] {
        sizes.withLock { $0.append(max(tile.width, tile.height)) }
        var left = Int.max, right = -1, top = Int.max, bottom = -1
        for y in 0..<tile.height {
            for x in 0..<tile.width where tile.pixels[(y * tile.width + x) * 3] > 127 {
                (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), max(bottom, y))
            }
        }
        guard right >= left, right - left >= smallestFaceInTile - 2 else { return [] }
        let side = Float(max(right - left, bottom - top) + 1)
        return [face(x: Float(left), y: Float(top), side: side, confidence: 0.9)]
    }
}

@Suite("Search of a picture's tiles")
struct TileSearchTests {
    private func picture(_ width: Int, _ height: Int, _ x: Int, _ y: Int, _ side: Int) -> Image {
        var image = Image(width: width, height: height)
        for row in max(y, 0)..<min(y + side, height) {
            for column in max(x, 0)..<min(x + side, width) {
                for channel in 0..<3 { image.pixels[(row * width + column) * 3 + channel] = 255 }
            }
        }
        return image
    }

    private func found(_ smallest: Int, in picture: SeenPicture, by detector: any FaceDetector) async throws -> [Face] {
        try await TileSearch(smallest: smallest, mostPixels: nil).looks(
            at: picture, by: detector, minimumConfidence: 0.55
        )
        .fused().withoutDuplicates().map(\.face)
    }

    @Test(
        "A small face is found once, at its place, wherever it lies",
        arguments: [(700, 500), (5, 5), (310, 200), (288, 290), (1180, 880), (605, 10)])
    func places(place: (Int, Int)) async throws {
        let detector = SquareDetector(), image = picture(1200, 900, place.0, place.1, 14)
        let faces = try await found(12, in: SeenPicture(image), by: detector)
        #expect(faces.count == 1)
        let box = try #require(faces.first?.box)
        #expect(abs(box.x - Float(place.0)) < 1 && abs(box.y - Float(place.1)) < 1, "\(box)")
        #expect(abs(box.width - 14) < 1.5, "\(box)")
        #expect(detector.tiles.allSatisfy { $0 <= 321 })
    }

    @Test("The same from a file, which is decoded in parts")
    func file() async throws {
        let image = picture(1200, 900, 700, 500, 14)
        let encoded = try EncodedImage(image.encoded(as: .png))
        let overview = try encoded.decoded(reducedBy: 4).picture
        let seen = SeenPicture(file: encoded, overview: overview)
        let faces = try await found(12, in: seen, by: SquareDetector())
        let whole = try await found(12, in: SeenPicture(image), by: SquareDetector())
        #expect(faces == whole && faces.count == 1)
    }

    @Test("Large faces need no tiles: the first look sees them")
    func large() async throws {
        let detector = SquareDetector()
        let square = SeenPicture(Image(width: 900, height: 900))
        #expect(TileSearch(smallest: 400, mostPixels: nil).grids(for: square, by: detector).isEmpty)
        let grids = TileSearch(smallest: 12, mostPixels: nil)
            .grids(for: SeenPicture(Image(width: 3000, height: 3000)), by: detector)
        #expect(grids.map(\.scale) == grids.map(\.scale).sorted() && (grids.last?.scale ?? 0) >= 1)
    }

    @Test("The affordable search: small pictures are enlarged three times, large ones get at most 3 megapixels")
    func affordable() {
        let detector = SquareDetector(), search = TileSearch.affordable
        func scales(_ width: Int, _ height: Int) -> [Float] {
            search.grids(for: SeenPicture(Image(width: width, height: height)), by: detector).map(\.scale)
        }
        #expect(scales(400, 300) == [2, 3])
        for (width, height) in [(640, 480), (1920, 1080), (4000, 3000), (1, 20_000)] {
            for scale in scales(width, height) {
                #expect(scale * scale * Float(width * height) <= 3_000_001 && scale <= 3)
            }
        }
    }

    @Test("No picture from 1 to 5,000 pixels traps")
    func sweep() async throws {
        var random = SplitMix64(state: 11)
        for number in 0..<60 {
            let width = number < 20 ? number + 1 : 1 + random.index(below: 5_000)
            let height = number < 20 ? 1 + random.index(below: 5_000) : 1 + random.index(below: 300)
            let detector = SquareDetector()
            let picture = SeenPicture(Image(width: width, height: height))
            let faces = try await found([12, 20, 60][number % 3], in: picture, by: detector)
            #expect(faces.isEmpty)
        }
    }
}
