import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@testable import Detectors

@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct RetinaFaceDetectorTests {
    static let directory = Fixtures.model("retinaface-mobilenet025").deletingLastPathComponent()
    let engine: Engine
    let detector: RetinaFaceDetector

    init() throws {
        engine = try Engine(libraryDirectory: Fixtures.engine)
        detector = try RetinaFaceDetector(
            engine: engine, directory: Self.directory, network: NetworkConfiguration(precision: .exactly(.f32)))
    }

    /// OpenCV's YuNet is a different network with another definition of a box, but both must find the same face.
    @Test func portraitsHaveTheFacesThatYuNetFinds() async throws {
        for golden in try GoldenFile.read("yunet-opencv").portraits {
            let faces = try await detector.faces(in: Image(contentsOf: Fixtures.portrait(golden.image)))
            #expect(faces.count == 1, "\(golden.image)")
            let face = try #require(faces.first), expected = try #require(golden.faces.first)
            let box = Box(x: expected.box[0], y: expected.box[1], width: expected.box[2], height: expected.box[3])
            #expect(face.box.overlap(with: box) > 0.75, "\(golden.image)")
            #expect(face.landmarks.arePlausible)
            #expect(face.confidence > 0.99 && face.confidence <= 1)
            let tolerance = 0.12 * box.width
            for (point, other) in zip(face.landmarks.points, expected.points) {
                #expect(abs(point.x - other.x) < tolerance && abs(point.y - other.y) < tolerance, "\(golden.image)")
            }
        }
    }

    @Test func aFaceThatFillsTheFrameIsFound() async throws {
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let face = try #require(try await detector.faces(in: image).first)
        #expect(try await detector.faces(in: image.cropped(to: face.box)).count == 1)
    }

    @Test func thePreciseOneSeesSmallerFaces() async throws {
        // The portrait at a twelfth, in a large picture: the face has 24 pixels of 1,280, or 12 of 640.
        let portrait = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let small = portrait.resized(width: portrait.width / 10, height: portrait.height / 10)
        let image = small.padded(left: 800, top: 500, right: 1280 - 800 - small.width, bottom: 960 - 500 - small.height)
        let precise = try RetinaFaceDetector(engine: engine, directory: Self.directory, configuration: .precise)
        let face = try #require(try await precise.faces(in: image).first)
        #expect(abs(face.box.center.x - 800 - 49) < 5 && abs(face.box.center.y - 500 - 25) < 5)
    }

    @Test func aPictureWithoutAFaceGivesNone() async throws {
        let flat = Image(width: 320, height: 240, color: Color(red: 90, green: 120, blue: 60))
        #expect(try await detector.faces(in: flat).isEmpty)
    }

    @Test func itSaysWhatItIs() {
        #expect(detector.name == "retinaface")
        #expect(detector.precision == "f32")
    }
}
