import Faces
import Foundation
import Inference
import Pixels
import TestSupport
import Testing

@testable import Detectors

@Suite(.enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct MTCNNDetectorTests {
    static let directory = Fixtures.model("mtcnn", "pnet.onnx").deletingLastPathComponent()
    let engine: Engine
    let original: MTCNNDetector

    init() throws {
        engine = try Engine(libraryDirectory: Fixtures.engine)
        original = try MTCNNDetector(
            engine: engine, directory: Self.directory,
            configuration: .original,
            network: NetworkConfiguration(precision: .exactly(.f32)))
    }

    /// Compares the faces in pairs: facenet-pytorch sorts by size, our detector by confidence.
    private func compare(_ golden: GoldenPicture, with url: URL) async throws {
        let faces = try await original.faces(in: Image(contentsOf: url))
        #expect(faces.count == golden.faces.count, "\(golden.image)")
        for expected in golden.faces {
            let difference = faces.map { largestDifference($0.box.edges, expected.box) }.min() ?? .infinity
            #expect(difference <= 2, "\(golden.image)")
            guard let face = faces.first(where: { largestDifference($0.box.edges, expected.box) == difference })
            else { continue }
            let points = zip(face.landmarks.points, expected.points)
            #expect(points.allSatisfy { abs($0.x - $1.x) <= 2 && abs($0.y - $1.y) <= 2 }, "\(golden.image)")
        }
    }

    @Test func facesInPortraitsAreFacenetPytorchs() async throws {
        for golden in try GoldenFile.read("mtcnn-facenet-pytorch").portraits {
            try await compare(golden, with: Fixtures.portrait(golden.image))
        }
    }

    @Test(.enabled(if: Fixtures.hasLFW, "\(Fixtures.needsLFW)"))
    func facesInLFWAreFacenetPytorchs() async throws {
        let pictures = try #require(try GoldenFile.read("mtcnn-facenet-pytorch").lfw)
        #expect(pictures.count == 200)
        for golden in pictures { try await compare(golden, with: Fixtures.lfw.appending(path: golden.image)) }
    }

    /// With packed levels, the last places of a level see other pixels, and the first candidates differ, but the faces
    /// hardly do.
    @Test(.enabled(if: Fixtures.hasLFW, "\(Fixtures.needsLFW)"))
    func packedLevelsGiveNearlyTheSame() async throws {
        let packed = try MTCNNDetector(
            engine: engine, directory: Self.directory, network: NetworkConfiguration(precision: .exactly(.f32)))
        let pictures = try #require(try GoldenFile.read("mtcnn-facenet-pytorch").lfw)
        var differences: [Float] = []
        for golden in pictures {
            let faces = try await packed.faces(in: Image(contentsOf: Fixtures.lfw.appending(path: golden.image)))
            #expect(faces.count == golden.faces.count, "\(golden.image)")
            for expected in golden.faces {
                differences.append(faces.map { largestDifference($0.box.edges, expected.box) }.min() ?? .infinity)
            }
        }
        #expect(differences.allSatisfy { $0 < 5 })
        #expect(differences.count { $0 > 2 } * 50 <= differences.count)
    }

    @Test func theDefaultFindsEachPortraitsFace() async throws {
        let quick = try MTCNNDetector(engine: engine, directory: Self.directory)
        for name in YuNetDetectorTests.portraits {
            let faces = try await quick.faces(in: Image(contentsOf: Fixtures.portrait(name)))
            let face = try #require(faces.first)
            #expect(face.confidence > 0.99 && face.confidence <= 1, "\(name)")
            #expect(face.landmarks.arePlausible, "\(name)")
            #expect(faces.map(\.confidence) == faces.map(\.confidence).sorted(by: >))
        }
    }

    @Test func aFaceThatFillsTheFrameIsFound() async throws {
        let quick = try MTCNNDetector(engine: engine, directory: Self.directory)
        let image = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let face = try #require(try await quick.faces(in: image).first)
        #expect(try await quick.faces(in: image.cropped(to: face.box)).count == 1)
    }

    @Test func manyTasksAtOnceGetTheSameFaces() async throws {
        let image = try Image(contentsOf: Fixtures.portrait("astronaut.png"))
        let alone = try await original.faces(in: image)
        let detector = original
        try await withThrowingTaskGroup(of: [Face].self) { group in
            for _ in 0..<6 { group.addTask { try await detector.faces(in: image) } }
            for try await faces in group { #expect(faces == alone) }
        }
    }

    @Test func picturesTooSmallOrFlatGiveNone() async throws {
        #expect(try await original.faces(in: Image(width: 8, height: 8)).isEmpty)
        #expect(try await original.faces(in: Image(width: 200, height: 100, color: .white)).isEmpty)
    }

    @Test func itSaysWhatItIs() {
        #expect(original.name == "mtcnn")
        #expect(original.precision == "f32")
    }
}
