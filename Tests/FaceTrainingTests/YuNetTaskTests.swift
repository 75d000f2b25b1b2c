import Datasets
import Detectors
import Faces
import Foundation
import Inference
import LikenessSupport
import Networks
import Pixels
import Synchronization
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct YuNetTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: folder.url, people: 4)
        try DrawnStreet.write(40, to: folder, in: "street")
        try folder.file("held-out.txt", Data("1.png\n2.png\n".utf8))
    }

    /// Trains with these settings of the task and of its scenes.
    @discardableResult
    private func run(
        _ settings: String = "", scenes: String = "", epochs: Int = 1, in name: String = "run",
        _ start: TrainingRun.Start = .afresh, tell: @escaping @Sendable (TrainingEvent) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) async throws -> RunSummary {
        func joined(_ given: String, _ usual: [String: String]) -> String {
            (usual.filter { !given.contains("\"\($0.key)\"") }.map { "\"\($0.key)\": \($0.value)" }
                + (given.isEmpty ? [] : [given])).joined(separator: ", ")
        }
        let scenes = joined(
            scenes,
            [
                "archives": "[\"\(folder.path("faces"))\"]", "photographs": "\"\(folder.path("street"))\"",
                "heldOut": "\"\(folder.path("held-out.txt"))\"", "side": "128",
            ])
        let settings = joined(
            settings,
            [
                "models": "\"\(Fixtures.dependencies.appending(path: "models").path)\"", "scenes": "{\(scenes)}",
            ])
        let file = """
            {"task": "yunet", "epochs": \(epochs), "stepsPerEpoch": 2, "batch": 2, "threads": 1,
             "schedule": {"kind": "constant", "rate": 0.00001},
             "validation": {"everyEpochs": 1, "measure": "score"},
             "settings": {\(settings)}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: name)
        )
        .run(start, observe: { _, event in tell(event) }, shouldStop: shouldStop)
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: ["published", "random"])
    func aRunEndsInAModelThatDetects(start: String) async throws {
        let summary = try await run(#""start": "\#(start)""#)
        #expect(
            Set(summary.measures.keys).isSuperset(of: [
                "recall", "enlarged", "score", "recallFrom20", "heldOut.recall", "heldOut.enlarged.recall",
                "parameters",
            ]))
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
            #""photographShare": 0.9, "tightShare": 0.2"#, #""smallestScale": 4"#, #""sides": 64"#,
        ])
    func wrongScenesAreNamed(_ scenes: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) { try await run(scenes: scenes) }
        #expect(error?.description.contains("settings.scenes.") == true)
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: [
            #""start": "elsewhere""#, #""averageDecay": 1"#, #""scenesPerEpoch": 0"#, #""publishedShare": 1.1"#,
            #""start": "random", "publishedShare": 0.5"#,
        ])
    func wrongSettingsAreNamed(_ settings: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) { try await run(settings) }
        #expect(error?.description.contains("settings.") == true)
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func publishedWeightsAreMixedIn() async throws {
        func weights(_ settings: String, in name: String) async throws -> [String: [Float]] {
            try await run(settings, in: name)
            let read = try ONNXWeights.read(folder.url.appending(path: "\(name)/seed-1/model.onnx"))
            return try YuNet.pretrained(read).mapValues { $0.floats }
        }
        let trained = try await weights("", in: "trained")
        let half = try await weights(#""publishedShare": 0.5"#, in: "half")
        let none = try await weights(#""publishedShare": 1"#, in: "published")
        let published = try YuNet.pretrained(ONNXWeights.read(Fixtures.model("yunet"))).mapValues { $0.floats }
        #expect(trained != published && half.count == published.count)
        for (name, values) in published {
            let (a, b) = (try #require(trained[name]), try #require(half[name]))
            #expect(none[name] == values)
            for ((a, b), c) in zip(zip(a, b), values) { #expect(abs(b - (a + c) / 2) <= 1e-5 * max(abs(c), 1)) }
        }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func withoutPhotographsThereIsAnError() async throws {
        try folder.file("street/boxes.csv", Data("image,xmin,ymin,xmax,ymax\n".utf8))
        await #expect(throws: DatasetError.self) { try await run() }
        await #expect(throws: DatasetError.self) { try await run(scenes: #""heldOut": "nowhere.txt""#) }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func anInterruptedRunEndsLikeAnUninterruptedOne() async throws {
        let whole = try await run(epochs: 2, in: "whole")
        let stops = Mutex(0)
        // The run stops after its first step, and after its third.
        for _ in 0..<2 {
            await #expect(throws: TrainingError.self) {
                try await run(
                    epochs: 2, in: "parts", .resumingWherePossible,
                    shouldStop: {
                        stops.withLock { count in
                            count += 1
                            return count == 1 || count == 3
                        }
                    })
            }
        }
        let parts = try await run(epochs: 2, in: "parts", .resuming)
        #expect(parts.measures == whole.measures)
        func bytes(_ name: String) throws -> Data {
            try Data(contentsOf: folder.url.appending(path: "\(name)/seed-1/model.onnx"))
        }
        #expect(try bytes("parts") == bytes("whole"))
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func anUnreadablePhotographIsToldOf() async throws {
        try folder.file("street/7.png", Data("not a picture".utf8))
        let notes = Mutex<[String]>([])
        try await run(tell: { event in if case .note(let text) = event { notes.withLock { $0.append(text) } } })
        #expect(notes.withLock { $0.contains { $0.contains("7.png is left out") } })
    }
}
