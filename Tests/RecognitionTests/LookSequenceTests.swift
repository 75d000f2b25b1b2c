import Detectors
import Faces
import Pixels
import Testing

@testable import Recognition

@Suite("Looks at a picture until a face is found")
struct LookSequenceTests {
    /// A dark ramp: neither its mean nor its brightest spot is bright.
    private let dark: Image = {
        var image = Image(width: 64, height: 64)
        for index in image.pixels.indices { image.pixels[index] = UInt8(index / 3 % 64 / 4) }
        return image
    }()

    private static func brightest(_ image: Image) -> UInt8 { image.pixels.max() ?? 0 }

    private func look(
        at image: Image, _ enhancement: FaceFinderConfiguration.Enhancement = .auto, by detector: any FaceDetector,
        other: LazyDetector? = nil, companion: LazyDetector? = nil
    ) async throws -> LookResult {
        let sequence = LookSequence(
            FaceFinderConfiguration(enhancement: enhancement), detector: detector, other: other, companion: companion)
        return try await sequence.faces(in: SeenPicture(image), for: .all)
    }

    @Test("A face that is found at once needs no second look")
    func plain() async throws {
        let detector = FakeDetector { _ in [face()] }
        let result = try await look(at: dark, by: detector)
        #expect(result.enhancement == .none && result.faces == [face()])
        #expect(result.look(of: face()) == FaceLook(.plain, detector: "fake"))
        #expect(detector.count == 1)
    }

    @Test("The look that finds the face is named")
    func named() async throws {
        let first = FakeDetector { Self.brightest($0) >= 100 ? [face()] : [] }
        let raised = try await look(at: dark, by: first)
        #expect(raised.enhancement == .gamma && raised.look(of: face()).kind == .gamma)
        #expect(first.count == 5, "at once, three turns, gamma")
        let equalized = dark.equalized()
        let second = FakeDetector { $0 == equalized ? [face()] : [] }
        let result = try await look(at: dark, by: second)
        #expect(result.enhancement == .clahe && result.picture.image == equalized)
        #expect(result.look(of: face()).kind == .clahe)
        #expect(second.count == 7, "gamma looks twice")
    }

    @Test("A light picture is not brightened")
    func light() async throws {
        let gray = Image(width: 64, height: 64, color: Color(red: 120, green: 120, blue: 120))
        let blind = FakeDetector { _ in [] }
        _ = try await look(at: gray, by: blind)
        #expect(blind.count == 5)
    }

    @Test("If nothing is found, the picture stays as it is; off looks once, clahe equalizes before the only look")
    func nothing() async throws {
        let blind = FakeDetector { _ in [] }
        let result = try await look(at: dark, by: blind)
        #expect(result.faces.isEmpty && result.enhancement == .none && result.picture.image == dark)
        #expect(blind.count == 7)
        let off = FakeDetector { _ in [] }
        _ = try await look(at: dark, .off, by: off)
        #expect(off.count == 1)
        let equalized = dark.equalized()
        let clahe = FakeDetector { $0 == equalized ? [face()] : [] }
        let always = try await look(at: dark, .clahe, by: clahe)
        #expect(always.enhancement == .clahe && always.look(of: face()).kind == .clahe)
        #expect(clahe.count == 1)
    }

    @Test("The other detector is loaded once, only if it is needed")
    func other() async throws {
        let loads = FakeDetector { _ in [face()] }
        let counter = Counter()
        let other = LazyDetector(name: "second", identity: "second@1") {
            await counter.increment()
            return loads
        }
        _ = try await look(at: dark, by: FakeDetector { _ in [face()] }, other: other)
        #expect(await counter.count == 0)
        for _ in 0..<2 {
            let result = try await look(at: dark, by: FakeDetector { _ in [] }, other: other)
            #expect(result.faces == [face()] && result.enhancement == .clahe)
            #expect(result.look(of: face()) == FaceLook(.detector, detector: "second"))
        }
        #expect(await counter.count == 1 && loads.count == 2)
    }

    @Test("The companion looks at the picture as it is, after turning, the other detector and gamma, and before CLAHE")
    func companion() async throws {
        let picture = dark, equalized = dark.equalized()
        let companion = FakeDetector { $0 == picture ? [face()] : [] }
        let lazy = LazyDetector(name: "companion", identity: "companion@1") { companion }
        let first = FakeDetector { $0 == equalized ? [face()] : [] }
        let result = try await look(at: dark, by: first, companion: lazy)
        #expect(result.faces == [face()] && result.enhancement == .none && result.picture.image == dark)
        #expect(result.look(of: face()) == FaceLook(.detector, detector: "companion"))
        #expect(companion.count == 1 && first.count == 6, "at once, three turns, gamma twice")
        let unsure = LazyDetector(name: "companion", identity: "companion@1") {
            FakeDetector { _ in [face(confidence: 0.79)] }
        }
        #expect(try await look(at: dark, by: FakeDetector { _ in [] }, companion: unsure).faces.isEmpty)
        let other = LazyDetector(name: "second", identity: "second@1") { FakeDetector { _ in [face()] } }
        let earlier = try await look(at: dark, by: FakeDetector { _ in [] }, other: other, companion: lazy)
        #expect(earlier.look(of: face()).detector == "second")
        #expect(companion.count == 1)
        #expect(try await look(at: dark, .off, by: FakeDetector { _ in [] }, companion: lazy).faces.isEmpty)
        #expect(companion.count == 1)
    }

    @Test("An error of loading the other detector is an error of the picture")
    func brokenOther() async throws {
        let other = LazyDetector(name: "second", identity: "second@1") {
            throw RecognitionError.unknownDetector("second", known: [])
        }
        await #expect(throws: RecognitionError.self) {
            _ = try await look(at: dark, by: FakeDetector { _ in [] }, other: other)
        }
    }

    @Test("A face in a turned picture: its place in the picture and its angle", arguments: QuarterTurn.allCases)
    func turned(turn: QuarterTurn) async throws {
        var picture = Image(width: 90, height: 60)
        for index in picture.pixels.indices { picture.pixels[index] = UInt8(index * 7 % 251) }
        let upright = turn.turning(picture)
        let seen = face(x: 6, y: 3, side: 20)
        let result = try await look(at: picture, by: FakeDetector { $0 == upright ? [seen] : [] })
        let found = try #require(result.faces.first)
        #expect(result.look(of: found) == FaceLook(.turned, detector: "fake", turned: turn.faceAngle))
        let box: Box =
            switch turn {
            case .right: Box(x: 3, y: 60 - 26, width: 20, height: 20)
            case .left: Box(x: 90 - 23, y: 6, width: 20, height: 20)
            case .over: Box(x: 90 - 26, y: 60 - 23, width: 20, height: 20)
            }
        #expect(found.box == box)
        // The eyes of a face that is turned clockwise by 90 degrees lie below each other.
        let roll = found.landmarks.roll
        let expected = Float(turn.faceAngle > 180 ? turn.faceAngle - 360 : turn.faceAngle)
        #expect(abs(abs(roll) - abs(expected)) < 1, "\(roll)")
        if turn != .over { #expect(abs(roll - expected) < 1, "\(roll)") }
    }

    @Test("An uncertain face in a turned picture does not count, and of two turns the more confident one does")
    func uncertain() async throws {
        var picture = Image(width: 90, height: 60)
        for index in picture.pixels.indices { picture.pixels[index] = UInt8(index * 7 % 251) }
        let right = QuarterTurn.right.turning(picture), over = QuarterTurn.over.turning(picture)
        let doubtful = FakeDetector { $0 == right ? [face(confidence: 0.7)] : [] }
        #expect(try await look(at: picture, by: doubtful).faces.isEmpty)
        let both = FakeDetector {
            $0 == right ? [face(confidence: 0.85)] : $0 == over ? [face(confidence: 0.9)] : []
        }
        let result = try await look(at: picture, by: both)
        #expect(result.faces.map { result.look(of: $0).turned } == [180])
    }

    @Test("A face of an enhanced picture must be confirmed by the companion, unless it is small or CLAHE was asked for")
    func confirmation() async throws {
        let equalized = dark.equalized(), large = face(x: 10, y: 10, side: 40), small = face(x: 2, y: 2, side: 8)
        let detector = FakeDetector { $0 == equalized ? [large, small] : [] }
        let blind = FixedTileDetector(faces: [])
        // The companion sees the picture with a border of 16 pixels.
        let seeing = FixedTileDetector(faces: [large.mapped(scale: 1, dx: 16, dy: 16)])
        func lazy(_ detector: FixedTileDetector) -> LazyDetector {
            LazyDetector(name: "companion", identity: "companion") { detector }
        }
        #expect(try await look(at: dark, by: detector, companion: lazy(blind)).faces == [small])
        #expect(try await Set(look(at: dark, by: detector, companion: lazy(seeing)).faces) == [large, small])
        #expect(try await Set(look(at: dark, .clahe, by: detector, companion: lazy(blind)).faces) == [large, small])
    }

    @Test("A thorough search takes all looks, even if a face is found at once")
    func thorough() async throws {
        let equalized = dark.equalized()
        let hidden = face(x: 40, y: 40, side: 50, confidence: 0.81)
        let detector = FakeDetector { $0 == equalized ? [hidden] : $0 == dark ? [face(x: 4, y: 4, side: 20)] : [] }
        let sequence = LookSequence(FaceFinderConfiguration(isThorough: true), detector: detector)
        let result = try await sequence.faces(in: SeenPicture(dark), for: .all)
        #expect(Set(result.faces.map { result.look(of: $0).kind }) == [.plain, .clahe])
        #expect(result.enhancement == .none, "the first face needed none")
    }
}

/// A detector that finds the same faces in every tile, and none in whole pictures.
private struct FixedTileDetector: TileDetector {
    let name = "companion", precision = "f32"
    let tileSide = 1280, smallestFaceInTile = 12
    let minimumConfidence: Float = 0.6, tileConfidence: Float = 0.55
    let faces: [Face]

    func faces(in image: Image) async throws -> [Face] { [] }
    func faces(inTile tile: Image, minimumConfidence: Float) async throws -> [Face] { faces }
}

/// Counts calls.
private actor Counter {
    private(set) var count = 0

    func increment() { count += 1 }
}
