import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@testable import Detectors

@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct YuNetDetectorTests {
    static let portraits = [
        "astronaut.png", "biden.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg", "obama_partial_face.jpg",
        "obama_partial_face2.jpg",
    ]
    let engine: Engine
    let detector: YuNetDetector

    init() throws {
        engine = try Engine(libraryDirectory: Fixtures.engine)
        detector = try YuNetDetector(
            engine: engine, directory: Fixtures.model("yunet").deletingLastPathComponent(),
            network: NetworkConfiguration(precision: .exactly(.f32)))
    }

    /// On the same input, box and landmarks equal OpenCV's; JPEG decoders differ by a gray level or two.
    @Test func theFacesAreOpenCVs() throws {
        for golden in try GoldenFile.read("yunet-opencv").portraits {
            let image = try Image(contentsOf: Fixtures.portrait(golden.image))
            let canvas = Canvas(width: (image.width + 31) / 32 * 32, height: (image.height + 31) / 32 * 32)
            let faces = try detector.faces(in: image, on: canvas).suppressed(threshold: 0.3)
            #expect(faces.count == golden.faces.count, "\(golden.image)")
            for (face, expected) in zip(faces, golden.faces) {
                let box = [face.box.x, face.box.y, face.box.width, face.box.height]
                #expect(largestDifference(box, expected.box) < 1, "\(golden.image)")
                let points = zip(face.landmarks.points, expected.points)
                #expect(points.allSatisfy { abs($0.x - $1.x) < 1 && abs($0.y - $1.y) < 1 }, "\(golden.image)")
            }
        }
    }

    @Test(arguments: portraits)
    func aPortraitHasOneFace(name: String) async throws {
        let image = try Image(contentsOf: Fixtures.portrait(name))
        let faces = try await detector.faces(in: image)
        #expect(faces.count == 1)
        let face = try #require(faces.first)
        #expect(face.confidence > 0.85 && face.confidence <= 1)
        #expect(face.landmarks.arePlausible)
    }

    @Test func largePicturesShareTwoCanvases() {
        // Portraits of 3:4, 2:3, 9:16 and larger ones; nearly square pictures use the whole square in the first search.
        for (width, height) in [(960, 1280), (853, 1280), (720, 1280), (626, 1200), (3000, 4000)] {
            let canvases = detector.canvases(at: PixelSize(width: width, height: height))
            #expect(canvases == [Canvas(width: 480, height: 640), Canvas(width: 960, height: 1280)])
        }
        let wide = detector.canvases(at: PixelSize(width: 910, height: 1137))
        #expect(wide == [Canvas(width: 640, height: 640), Canvas(width: 960, height: 1280)])
        let small = detector.canvases(at: PixelSize(width: 640, height: 360))
        #expect(small == [Canvas(width: 640, height: 480)])
    }

    @Test(arguments: FaceSelection.allCases) func gettingReadyChangesNothing(selection: FaceSelection) async throws {
        let image = try Image(contentsOf: Fixtures.portrait("obama2.jpg"))
        let ready = try YuNetDetector(
            engine: engine, directory: Fixtures.model("yunet").deletingLastPathComponent(),
            network: NetworkConfiguration(precision: .exactly(.f32)))
        try await EngineExecutor.run {
            try ready.prepare(width: image.width, height: image.height, for: selection)
        }
        #expect(try await ready.faces(in: image, for: selection) == detector.faces(in: image, for: selection))
    }

    /// With a large face beside a small one, a search for one face gives the face selected among all.
    @Test(arguments: [1_000, 1_300, 2_000, 4_000], [2, 3, 4, 6])
    func smallFacesAreNotSearchedForBesideALargeOne(side: Int, part: Int) async throws {
        var scene = Image(width: side, height: side * 3 / 4, color: Color(red: 90, green: 120, blue: 60))
        func portrait(_ name: String, width: Int) throws -> Image {
            let picture = try Image(contentsOf: Fixtures.portrait(name))
            return picture.resized(width: width, height: width * picture.height / picture.width)
        }
        scene.paste(try portrait("biden.jpg", width: side / 20), x: side * 3 / 4, y: side / 2)
        // The small face is searched for if it is alone.
        #expect(try await detector.faces(in: scene, for: .center).count == 1)
        scene.paste(try portrait("obama.jpg", width: side / part), x: 0, y: 0)
        let all = try await detector.faces(in: scene)
        #expect(all.count == 2)
        for selection in [FaceSelection.largest, .center] {
            func selected(_ faces: [Face]) throws -> Face {
                try #require(selection.select(from: faces, width: scene.width, height: scene.height).first)
            }
            let one = try selected(try await detector.faces(in: scene, for: selection)), other = try selected(all)
            #expect(one.box.overlap(with: other.box) > 0.9)
            // The network has strides of 8 pixels or more, so the position of a face relative to them moves its
            // landmarks.
            let most = other.box.width / 10
            for (point, expected) in zip(one.landmarks.points, other.landmarks.points) {
                #expect(abs(point.x - expected.x) < most && abs(point.y - expected.y) < most)
            }
        }
    }

    @Test func aFaceThatFillsTheFrameIsFound() async throws {
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let face = try #require(try await detector.faces(in: image).first)
        let tight = image.cropped(to: face.box)
        let found = try await detector.faces(in: tight)
        #expect(found.count == 1)
        #expect(try #require(found.first).box.width > Float(tight.width) * 0.7)
    }

    @Test func aPictureWithoutAFaceGivesNone() async throws {
        let flat = Image(width: 320, height: 240, color: Color(red: 90, green: 120, blue: 60))
        #expect(try await detector.faces(in: flat).isEmpty)
        #expect(try await detector.faces(in: Image(width: 1, height: 1)).isEmpty)
    }

    @Test func smallFacesCanBeLeftOut() async throws {
        let image = try Image(contentsOf: Fixtures.portrait("astronaut.png"))
        let picky = try YuNetDetector(
            engine: engine, directory: Fixtures.model("yunet").deletingLastPathComponent(),
            configuration: YuNetConfiguration(minimumFaceSize: 200))
        #expect(try await picky.faces(in: image).isEmpty)
    }

    @Test func manyTasksAtOnceGetTheSameFaces() async throws {
        let images = try Self.portraits.prefix(3).map { try Image(contentsOf: Fixtures.portrait($0)) }
        var alone: [[Face]] = []
        for image in images { alone.append(try await detector.faces(in: image)) }
        let detector = detector
        try await withThrowingTaskGroup(of: (Int, [Face]).self) { group in
            for round in 0..<12 {
                let index = round % images.count
                group.addTask { (index, try await detector.faces(in: images[index])) }
            }
            for try await (index, faces) in group { #expect(faces == alone[index]) }
        }
    }

    @Test func itSaysWhatItIs() {
        #expect(detector.name == "yunet")
        #expect(detector.precision == "f32")
    }

    @Test func missingWeightsAreSaid() {
        let folder = URL(filePath: "/nowhere")
        #expect(throws: EngineError.missingNetwork("/nowhere/model.onnx")) {
            try YuNetDetector(engine: engine, directory: folder)
        }
    }
}

extension Image {
    /// Draws the part of `picture` that fits, with its top left at (`x`, `y`).
    fileprivate mutating func paste(_ picture: Image, x: Int, y: Int) {
        let count = min(picture.width, width - x) * 3
        for row in 0..<min(picture.height, height - y) {
            let from = row * picture.width * 3, to = ((y + row) * width + x) * 3
            pixels.replaceSubrange(to..<to + count, with: picture.pixels[from..<from + count])
        }
    }
}
