import Detectors
import Faces
import Pixels
import Synchronization
import Testing

@testable import Recognition

/// A detector that finds given faces in the whole picture and in tiles, each in pixels of its picture.
private final class PlacedDetector: TileDetector {
    let name: String, precision = "f32"
    let tileSide = 1280, smallestFaceInTile = 12
    let minimumConfidence: Float = 0.6
    let tileConfidence: Float = 0.55
    private let whole: [Face]
    private let tiles: [Face]
    private let sides = Mutex<[Int]>([])

    /// Creates a detector for pictures of `width` pixels.
    init(_ name: String = "placed", whole: [Face], tiles: [Face]) {
        (self.name, self.whole, self.tiles) = (name, whole, tiles)
    }

    /// The widths of the tiles that were searched.
    var searched: [Int] { sides.withLock { $0 } }

    func faces(in image: Image) async throws -> [Face] { whole }

    func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] {
        sides.withLock { $0.append(tile.width) }
        let scale = Float(tile.width) / 400
        return tiles.filter { $0.confidence >= minimumConfidence }.map { $0.mapped(scale: scale) }
    }
}

@Suite("The finer look after the first one")
struct FinerLookTests {
    private let picture = SeenPicture(Image(width: 400, height: 300, color: Color(red: 150, green: 150, blue: 150)))
    private let small = face(x: 100, y: 100, side: 30, confidence: 0.8)
    private let smaller = face(x: 200, y: 100, side: 14, confidence: 0.6)

    private func result(
        _ detector: PlacedDetector, _ smallest: FaceFinderConfiguration.SmallestFace = .auto, isThorough: Bool = false,
        other: PlacedDetector? = nil, companion: PlacedDetector? = nil, for selection: FaceSelection = .all
    ) async throws -> LookResult {
        func lazy(_ detector: PlacedDetector?) -> LazyDetector? {
            detector.map { detector in LazyDetector(name: detector.name, identity: detector.name) { detector } }
        }
        return try await LookSequence(
            FaceFinderConfiguration(smallestFace: smallest, isThorough: isThorough), detector: detector,
            other: lazy(other), companion: lazy(companion)
        ).faces(in: picture, for: selection)
    }

    @Test("A small face in the first look leads to a finer one; a large face, or the wish for a single face, does not")
    func automatic() async throws {
        let detector = PlacedDetector(whole: [small], tiles: [small, smaller])
        let found = try await result(detector)
        #expect(detector.searched == [800, 1200])
        #expect(found.faces.count == 2)
        #expect(found.faces.map { found.look(of: $0).kind } == [.plain, .tile])
        let portrait = PlacedDetector(whole: [face(side: 60)], tiles: [smaller])
        #expect(try await result(portrait).faces == [face(side: 60)])
        let center = PlacedDetector(whole: [small], tiles: [smaller])
        #expect(try await result(center, for: .center).faces == [small])
        let off = PlacedDetector(whole: [small], tiles: [smaller])
        #expect(try await result(off, .off).faces == [small])
        #expect(portrait.searched.isEmpty && center.searched.isEmpty && off.searched.isEmpty)
    }

    @Test("If no look finds a face, small ones are searched for at last, and they must be certain")
    func nothing() async throws {
        let sure = face(x: 200, y: 100, side: 14, confidence: 0.81)
        let unsure = face(x: 50, y: 100, side: 14, confidence: 0.79)
        let detector = PlacedDetector(whole: [], tiles: [sure, unsure])
        let found = try await result(detector, for: .center)
        #expect(found.faces.map(\.confidence) == [0.81] && found.enhancement == .none)
        #expect(found.faces.map { found.look(of: $0) } == [FaceLook(.tile, detector: "placed")])
    }

    @Test("A number of pixels searches every picture")
    func pixels() async throws {
        let detector = PlacedDetector(whole: [face(side: 60)], tiles: [smaller])
        let found = try await result(detector, .pixels(12))
        #expect(found.faces.count == 2 && detector.searched == [800, 1200])
    }

    @Test("A small face's confidence is a mean over the looks of both detectors; the companion counts twice")
    func companion() async throws {
        let missed = face(x: 300, y: 100, side: 16, confidence: 0.7)
        let unsure = face(x: 340, y: 200, side: 16, confidence: 0.6)
        let unseen = face(x: 20, y: 200, side: 30, confidence: 0.9)
        let detector = PlacedDetector(whole: [small, unseen], tiles: [small, unseen, smaller])
        let companion = PlacedDetector(
            "companion", whole: [],
            tiles: [
                face(x: 104, y: 98, side: 30, confidence: 0.95), face(x: 199, y: 101, side: 14, confidence: 0.45),
                missed,
                unsure,
            ])
        let found = try await result(detector, companion: companion)
        // Both detectors, two looks each: (0.8 + 2 * 0.95) / 3, (0.6 + 2 * 0.45) / 3; the companion alone: 2 * 0.7 / 3.
        #expect(zip(found.faces, [Float(0.9), 0.5, 1.4 / 3]).allSatisfy { abs($0.confidence - $1) < 1e-5 })
        #expect(found.faces.count == 3, "the companion does not see one face, and is not sure of another")
        #expect(
            found.faces.map { found.look(of: $0) } == [
                FaceLook(.plain, detector: "placed"), FaceLook(.tile, detector: "placed"),
                FaceLook(.tile, detector: "companion"),
            ])
        let x = try #require(found.faces.first?.box.x)
        #expect(abs(x - 101.94) < 0.01, "the mean of five looks, weighted by the squares of their confidences: \(x)")

        // A thorough search keeps less certain faces.
        let thorough = try await result(detector, isThorough: true, companion: companion)
        #expect(thorough.faces.count == 4 && abs((thorough.faces.last?.confidence ?? 0) - 0.4) < 1e-5)
        // A large face needs no confirmation.
        let large = face(x: 200, y: 20, side: 90, confidence: 0.61)
        let mixed = PlacedDetector(whole: [small, large], tiles: [small])
        #expect(try await result(mixed, companion: companion).faces.contains(large))
        // After all other looks, it must be certain.
        let late = PlacedDetector(whole: [], tiles: [small, smaller])
        let last = try await result(late, companion: companion).faces
        #expect(last.count == 1 && abs((last.first?.confidence ?? 0) - 0.9) < 1e-5)
        #expect(try await result(late, .off, companion: companion).faces.isEmpty)
    }

    @Test("Beside large faces only, a small face must be certain: dots on clothes resemble faces")
    func unexpected() async throws {
        let portrait = face(x: 100, y: 100, side: 120, confidence: 0.9)
        let dot = face(x: 300, y: 200, side: 16, confidence: 0.65),
            person = face(x: 20, y: 20, side: 16, confidence: 0.75)
        let detector = PlacedDetector(whole: [portrait], tiles: [dot, person])
        let companion = PlacedDetector("companion", whole: [], tiles: [dot, person])
        for (smallest, isThorough) in [(FaceFinderConfiguration.SmallestFace.pixels(12), false), (.auto, true)] {
            let found = try await result(detector, smallest, isThorough: isThorough, companion: companion)
            #expect(zip(found.faces, [Float(0.9), 0.75]).allSatisfy { abs($0.confidence - $1) < 1e-5 })
            #expect(found.faces.count == 2)
        }
        // If the first look finds nothing, small faces are likelier.
        let small = PlacedDetector(whole: [], tiles: [dot])
        #expect(try await result(small, .pixels(12), companion: companion).faces.map(\.box.x) == [300])
    }

    @Test("A small face counts as found in as many looks as there are, up to two of each detector")
    func singleLook() async throws {
        // The detector sees faces in the whole picture only, so that one of its three looks finds them.
        let detector = PlacedDetector(whole: [small], tiles: [])
        let companion = PlacedDetector("companion", whole: [], tiles: [small])
        let found = try await result(detector, companion: companion)
        #expect(found.faces.count == 1 && abs((found.faces.first?.confidence ?? 0) - 2.0 / 3) < 1e-5)
    }

    @Test("auto, off and a number are the same text again; other texts are none of them")
    func texts() {
        for text in ["auto", "off", "12", "300"] {
            #expect(FaceFinderConfiguration.SmallestFace(rawValue: text)?.rawValue == text)
        }
        for text in ["", "0", "-3", "12.5", "Auto", "99999999999999999999"] {
            #expect(FaceFinderConfiguration.SmallestFace(rawValue: text) == nil)
        }
    }
}
