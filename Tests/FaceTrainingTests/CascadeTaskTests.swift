import Datasets
import Detectors
import Faces
import Foundation
import Inference
import LikenessSupport
import Pixels
import TestSupport
import Testing
import Training

@testable import FaceTraining

/// MTCNN's tasks: one after the other, each with the networks of the one before.
@Suite(.enabled(if: Fixtures.hasTrainingEngine && Fixtures.isSetUp, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct CascadeTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: folder.url, people: 4)
        try DrawnStreet.write(40, to: folder, in: "street")
    }

    private func run(
        _ task: String, cascade: String, start: String = "published", epochs: Int = 1, in name: String? = nil,
        _ how: TrainingRun.Start = .afresh, shouldStop: @escaping @Sendable () -> Bool = { false }
    ) async throws -> RunSummary {
        let file = """
            {"task": "\(task)", "epochs": \(epochs), "stepsPerEpoch": 2, "batch": 24, "threads": 1,
             "schedule": {"kind": "constant", "rate": 0.00001},
             "validation": {"everyEpochs": 1, "measure": "score"},
             "settings": {"start": "\(start)", "cascade": "\(cascade)", "minedScenes": 6, "validationScenes": 8,
                "scenes": {"archives": ["\(folder.path("faces"))"], "photographs": "\(folder.path("street"))",
                    "heldOut": "", "side": 128}}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: name ?? task)
        ).run(how, observe: { _, _ in }, shouldStop: shouldStop)
    }

    @Test func threeTasksMakeACascade() async throws {
        var cascade = Fixtures.dependencies.appending(path: "models/mtcnn").path
        for task in ["mtcnn-p", "mtcnn-r", "mtcnn-o"] {
            let summary = try await run(task, cascade: cascade)
            #expect(
                Set(summary.measures.keys) == [
                    "faces", "others", "score", "box", "landmarks", "parameters", "minedSquares",
                ])
            #expect(summary.measures.values.allSatisfy { $0.mean.isFinite })
            cascade = folder.url.appending(path: "\(task)/seed-1").path
        }
        let last = URL(filePath: cascade, directoryHint: .isDirectory)
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: last.appending(path: "card.json")))
        for weights in card.weights {
            let data = try Data(contentsOf: last.appending(path: weights.file))
            #expect(try SHA256(of: data).hexadecimal == weights.sha256)
            let published = Fixtures.dependencies.appending(path: "models/mtcnn/\(weights.file)")
            #expect(try data != Data(contentsOf: published), "\(weights.file) was not trained")
        }
        let detector = try await EngineExecutor.run {
            try MTCNNDetector(
                name: card.name, card: card, engine: Engine(libraryDirectory: Fixtures.engine), directory: last,
                network: NetworkConfiguration())
        }
        // Small steps leave the published weights a detector.
        let faces = try await detector.faces(in: Image(contentsOf: Fixtures.portrait("obama.jpg")))
        #expect(faces.contains { $0.confidence > 0.9 })
    }

    @Test func aNetworkCanStartFromRandomWeights() async throws {
        let summary = try await run("mtcnn-r", cascade: "\(Fixtures.dependencies.path)/models/mtcnn", start: "random")
        #expect(summary.measures["parameters"]?.mean == 101_468)
    }

    @Test func anInterruptedRunEndsLikeAnUninterruptedOne() async throws {
        let cascade = Fixtures.dependencies.appending(path: "models/mtcnn").path
        let whole = try await run("mtcnn-o", cascade: cascade, epochs: 2, in: "whole")
        await #expect(throws: TrainingError.self) {
            _ = try await run("mtcnn-o", cascade: cascade, epochs: 2, in: "parts", shouldStop: { true })
        }
        let parts = try await run("mtcnn-o", cascade: cascade, epochs: 2, in: "parts", .resuming)
        #expect(parts.measures == whole.measures)
    }

    @Test func aMissingCascadeIsAnError() async throws {
        await #expect(throws: FaceTrainingError.self) {
            _ = try await run("mtcnn-p", cascade: folder.path("nowhere"))
        }
    }
}

@Suite struct CascadeSamplerTests {
    private func scene() -> DetectionScene {
        var image = Image(width: 200, height: 200, color: Color(red: 10, green: 20, blue: 30))
        let face = Box(x: 60, y: 50, width: 40, height: 44)
        image.draw(face, color: .white, thickness: 40)
        let points = [(70, 62), (90, 62), (80, 72), (72, 84), (88, 84)].map {
            Point(x: Float($0.0) - 0.5, y: Float($0.1) - 0.5)
        }
        return DetectionScene(
            image: image, faces: [.init(box: face, landmarks: Landmarks(points: points))])
    }

    @Test func squaresAreJudgedByTheirOverlap() throws {
        let sampler = CascadeSampler(side: 24), scene = scene()
        func example(_ x: Float, _ y: Float, _ side: Float) -> CascadeExample? {
            sampler.example(of: Box(x: x, y: y, width: side, height: side), in: scene)
        }
        let face = try #require(example(60, 52, 40))
        #expect(face.isFace == true && face.pixels.count == 24 * 24 * 3)
        #expect(zip(face.box ?? [], [0, -0.05, 0, 0.05]).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(
            zip(face.landmarks ?? [], [0.25, 0.75, 0.5, 0.3, 0.7, 0.25, 0.25, 0.5, 0.8, 0.8]).allSatisfy {
                abs($0 - $1) < 1e-5
            })
        let part = try #require(example(70, 58, 40))
        #expect(part.isFace == nil && part.box?.count == 4 && part.landmarks == nil)
        let rest = try #require(example(140, 140, 40))
        #expect(rest.isFace == false && rest.box == nil)
        // Between the kinds; outside the scene; not a square.
        #expect(example(76, 60, 40)?.pixels == nil)
        #expect(example(-30, 0, 40) == nil && example(.nan, 0, 40) == nil && example(0, 0, 0) == nil)
    }

    @Test func aSceneGivesAllKinds() {
        var numbers = SeededGenerator(seed: 1)
        let examples = CascadeSampler(side: 12).examples(in: scene(), count: 70, using: &numbers)
        #expect(examples.count > 60)
        #expect(examples.count { $0.isFace == false } > 20 && examples.count { $0.isFace == true } > 20)
        #expect(examples.contains { $0.isFace == nil })
        let empty = DetectionScene(image: Image(width: 64, height: 64), faces: [])
        let others = CascadeSampler(side: 12).examples(in: empty, count: 20, using: &numbers)
        #expect(others.count == 20 && others.allSatisfy { $0.isFace == false })
    }
}
