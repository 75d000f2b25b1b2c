import Datasets
import Detectors
import Faces
import Foundation
import Inference
import LikenessSupport
import Networks
import Pixels
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite struct DetectionMeasureTests {
    private func box(_ x: Float, _ y: Float, _ side: Float = 10) -> Box { Box(x: x, y: y, width: side, height: side) }

    private func found(_ x: Float, _ y: Float, _ score: Float) -> DetectionMeasure.Found {
        DetectionMeasure.Found(box: box(x, y), score: score)
    }

    @Test func recallIsThatOfTheLowestAllowedScore() {
        var measure = DetectionMeasure()
        // Two of three faces, one of them twice, and two boxes without a face.
        measure.add(
            [found(0, 0, 0.9), found(1, 0, 0.8), found(50, 50, 0.7), found(100, 0, 0.6), found(200, 0, 0.5)],
            faces: [box(0, 0), box(100, 1), box(300, 300)])
        measure.add([found(0, 0, 0.55)], faces: [box(2, 0)])
        #expect(measure.pictures == 2 && measure.faces == 4)
        #expect(measure.recall(falseBoxesPerPicture: 0) == 0.25)
        #expect(measure.recall(falseBoxesPerPicture: 0.5) == 0.25)
        #expect(measure.recall(falseBoxesPerPicture: 1) == 0.75)
        #expect(measure.recall(falseBoxesPerPicture: 10) == 0.75)
    }

    @Test func equalScoresAreTakenTogether() {
        var measure = DetectionMeasure()
        measure.add([found(0, 0, 0.5), found(50, 0, 0.5)], faces: [box(0, 0)])
        #expect(measure.recall(falseBoxesPerPicture: 0) == 0 && measure.recall(falseBoxesPerPicture: 1) == 1)
        #expect(DetectionMeasure().recall(falseBoxesPerPicture: 1) == 0)
    }

    @Test func theMostConfidentOfNeighborsRemains() {
        let kept = [found(0, 0, 0.5), found(2, 0, 0.9), found(40, 0, 0.1)].suppressed(threshold: 0.3)
        #expect(kept == [found(2, 0, 0.9), found(40, 0, 0.1)])
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct YuNetTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: folder.url, people: 4)
        var lines = ["image,class,xmin,ymin,xmax,ymax"]
        for number in 0..<20 {
            var image = Image(width: 90, height: 70, color: Color(red: UInt8(number * 10), green: 90, blue: 60))
            image.draw(Box(x: 20, y: 15, width: 24, height: 30), color: .white)
            try folder.file("street/\(number).png", Data(image.encoded(as: .png)))
            lines.append("\(number).png,bare,20,15,44,45")
        }
        try folder.file("street/boxes.csv", Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func run(
        _ settings: String, _ start: TrainingRun.Start = .afresh
    ) async throws -> RunSummary {
        let usual = [
            "archives": "[\"\(folder.path("faces"))\"]", "photographs": "\"\(folder.path("street"))\"",
            "models": "\"\(Fixtures.dependencies.appending(path: "models").path)\"", "side": "128",
        ].filter { !settings.contains("\"\($0.key)\"") }.map { "\"\($0.key)\": \($0.value)" }
        let file = """
            {"task": "yunet", "epochs": 1, "stepsPerEpoch": 2, "batch": 2, "threads": 1,
             "schedule": {"kind": "constant", "rate": 0.00001},
             "validation": {"everyEpochs": 1, "measure": "recall"},
             "settings": {\((usual + (settings.isEmpty ? [] : [settings])).joined(separator: ", "))}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: "run")
        )
        .run(start, observe: { _, _ in }, shouldStop: { false })
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: ["published", "random"])
    func aRunEndsInAModelThatDetects(start: String) async throws {
        let summary = try await run(#""start": "\#(start)""#)
        #expect(Set(summary.measures.keys).isSuperset(of: ["recall", "recallStrict", "recallOf20", "parameters"]))
        #expect(summary.measures.values.allSatisfy { $0.mean.isFinite })
        // Batch normalization has scales and shifts instead of the biases that it makes needless.
        #expect(summary.measures["parameters"]?.mean == (start == "published" ? 53_104 : 53_856))
        let seed = folder.url.appending(path: "run/seed-1")
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: seed.appending(path: "card.json")))
        let file = seed.appending(path: "model.onnx")
        #expect(try SHA256(of: Data(contentsOf: file)).hexadecimal == card.weights[0].sha256)
        #expect(card.decoder == "yunet" && card.origin.status == .own && card.source == nil)
        let detector = try await EngineExecutor.run {
            try YuNetDetector(
                name: card.name, card: card, engine: Engine(libraryDirectory: Fixtures.engine), directory: seed,
                network: NetworkConfiguration())
        }
        let faces = try await detector.faces(in: Image(contentsOf: Fixtures.portrait("obama.jpg")))
        // Two small steps leave the published weights a detector.
        if start == "published" { #expect(faces.count == 1) }
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: [
            #""side": 100"#, #""archives": []"#, #""smallest": 2"#, #""largest": 5"#, #""maskShare": 1.5"#,
            #""photographShare": 0.9, "tightShare": 0.2"#, #""start": "elsewhere""#, #""sides": 64"#,
        ])
    func wrongSettingsAreNamed(_ settings: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) { _ = try await run(settings) }
        #expect(error?.description.contains("settings.") == true)
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func withoutPhotographsThereIsAnError() async throws {
        try folder.file("street/boxes.csv", Data("image,xmin,ymin,xmax,ymax\n".utf8))
        await #expect(throws: DatasetError.self) { _ = try await run("") }
    }
}
