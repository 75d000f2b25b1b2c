import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Training
@testable import TrainingHelper

/// Runs of a toy task, without dropout, because random numbers are shared by the process, and other tests draw them
/// too.
@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct TrainingRunTests {
    private let folder: TemporaryFolder

    init() throws {
        try Engine.open()
        folder = try TemporaryFolder()
    }

    private func json(epochs: Int = 3, extra: String = "", settings: String = "") -> Data {
        Data(
            """
            {"task": "toy", "epochs": \(epochs), "batch": 16, "threads": 1, \(extra)
             "checkpoints": {"everySteps": 4}, "schedule": {"kind": "cosine", "rate": 0.02},
             "settings": {"dropout": 0\(settings)}}
            """.utf8)
    }

    /// The events of a run.
    private final class Watcher: Sendable {
        private let state = Mutex((losses: [Int: Double](), notes: [String](), starts: [Int](), best: 0))

        func see(_ event: TrainingEvent) {
            state.withLock { state in
                switch event {
                case .step(let record, _): state.losses[record.step] = record.loss
                case .note(let text): state.notes.append(text)
                case .started(let step, _): state.starts.append(step)
                case .validated(_, let isBest): state.best += isBest ? 1 : 0
                }
            }
        }

        var losses: [Int: Double] { state.withLock { $0.losses } }
        var notes: [String] { state.withLock { $0.notes } }
        var starts: [Int] { state.withLock { $0.starts } }
        var lastStep: Int { losses.keys.max() ?? 0 }
    }

    @discardableResult private func train(
        _ configuration: Data, in name: String = "run", _ start: TrainingRun.Start = .resumingWherePossible,
        stoppingAfter last: Int = .max, watcher: Watcher = Watcher()
    ) async throws -> RunSummary {
        let run = try TrainingRun(configuration, tasks: [ToyTask.self], folder: folder.url.appending(path: name))
        return try await run.run(
            start, observe: { watcher.see($1) }, shouldStop: { watcher.lastStep >= last })
    }

    private func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(path)).sorted()
    }

    @Test func learnsAndLeavesEverythingBehind() async throws {
        let watcher = Watcher()
        let summary = try await train(
            json(epochs: 20, extra: #""validation": {"measure": "accuracy"},"#), watcher: watcher)
        #expect((summary.measures["accuracy"]?.mean ?? 0) > 0.85)
        #expect(summary.seeds[0].steps == 200 && !summary.seeds[0].stoppedEarly)
        // The best weights are in place when the task concludes.
        #expect(summary.measures["finalAccuracy"]?.mean == summary.measures["accuracy"]?.mean)
        #expect(try names("run") == ["run.json", "seed-1", "summary.json"])
        #expect(
            try names("run/seed-1") == [
                "checkpoints", "curves.svg", "metrics.jsonl", "result.json", "weights.safetensors",
            ])
        let log = try MetricsLog(at: folder.url.appending(path: "run/seed-1/metrics.jsonl"))
        #expect(log.steps.count == 200 && log.validations.count == 20)
        #expect(log.steps.allSatisfy { $0.examplesPerSecond > 0 && $0.terms["accuracy"] != nil })
        #expect(watcher.losses.count == 200)
        let weights = try SafeTensors(contentsOf: folder.url.appending(path: "run/seed-1/weights.safetensors"))
        #expect(weights.tensors["hidden.weight"]?.shape == [16, 8])
    }

    @Test func aRunOfNoEpochsMeasuresWhatItStartsFrom() async throws {
        let watcher = Watcher()
        let summary = try await train(json(epochs: 0), watcher: watcher)
        #expect(watcher.losses.isEmpty && summary.seeds[0].steps == 0)
        let measures = summary.measures
        #expect(measures["accuracy"] != nil && measures["accuracy"]?.mean == measures["finalAccuracy"]?.mean)
        // A training run starts from the output of another one.
        let start = try SafeTensors(contentsOf: folder.url.appending(path: "run/seed-1/weights.safetensors"))
        await #expect(throws: TrainingError.interrupted(step: 1)) {
            try await train(json(), in: "other", stoppingAfter: 1)
        }
        let checkpoint = folder.url.appending(path: "other/seed-1/checkpoints/step-00000001/weights.safetensors")
        let moved = try SafeTensors(contentsOf: checkpoint)
        let one = try #require(start.tensors["hidden.weight"]), other = try #require(moved.tensors["hidden.weight"])
        // Adam's first step changes a value by at most the rate.
        let distance = (one - other).magnitude.max().scalar
        #expect(distance > 0 && distance < 0.0201)
    }

    @Test func stoppedAndGoneOnWithIsAsIfNeverStopped() async throws {
        let whole = Watcher()
        let expected = try await train(json(), in: "whole", watcher: whole)
        let first = Watcher()
        await #expect(throws: TrainingError.interrupted(step: 7)) {
            try await train(json(), in: "parts", stoppingAfter: 7, watcher: first)
        }
        let second = Watcher()
        let summary = try await train(json(), in: "parts", watcher: second)
        #expect(second.starts == [7])
        #expect(first.losses.merging(second.losses) { $1 } == whole.losses)
        #expect(summary.measures == expected.measures)
        let logs = try ["whole", "parts"].map {
            try MetricsLog(at: folder.url.appending(path: "\($0)/seed-1/metrics.jsonl"))
        }
        #expect(logs[0].steps.map(\.loss) == logs[1].steps.map(\.loss))
    }

    @Test func shorterEpochsGoThroughTheSameData() async throws {
        let whole = Watcher()
        let short = Watcher()
        try await train(json(epochs: 3), in: "whole", watcher: whole)
        let summary = try await train(json(epochs: 6, extra: #""stepsPerEpoch": 5,"#), in: "short", watcher: short)
        #expect(whole.losses.count == 30 && whole.losses == short.losses)
        #expect(summary.seeds[0].steps == 30)
        let log = try MetricsLog(at: folder.url.appending(path: "short/seed-1/metrics.jsonl"))
        #expect(log.validations.map(\.step) == [5, 10, 15, 20, 25, 30])
    }

    @Test func aDamagedCheckpointIsSaidToBeAndTheOneBeforeItUsed() async throws {
        let whole = Watcher()
        try await train(json(), in: "whole", watcher: whole)
        _ = try? await train(json(), stoppingAfter: 10)
        #expect(try names("run/seed-1/checkpoints") == ["step-00000008", "step-00000010"])
        let weights = folder.url.appending(path: "run/seed-1/checkpoints/step-00000010/weights.safetensors")
        var data = try Data(contentsOf: weights)
        data[data.count - 5] ^= 1
        try data.write(to: weights)
        let watcher = Watcher()
        try await train(json(), watcher: watcher)
        #expect(watcher.starts == [8])
        #expect(watcher.notes.contains { $0.contains("checkpoint of step 10 is damaged") })
        #expect(watcher.losses == whole.losses.filter { $0.key > 8 })
        #expect(try names("run/seed-1/checkpoints").contains("damaged-step-00000010"))
    }

    @Test func aRunWhoseCheckpointsAreAllDamagedDoesNotBeginAgainUnasked() async throws {
        _ = try? await train(json(), stoppingAfter: 3)
        // A step may finish before the run sees the request to stop.
        for name in try names("run/seed-1/checkpoints") {
            try Data("{}".utf8).write(
                to: folder.url.appending(path: "run/seed-1/checkpoints/\(name)/state.json"))
        }
        do {
            try await train(json())
            Issue.record("the run went on")
        } catch TrainingError.noWholeCheckpoint {}
        let watcher = Watcher()
        try await train(json(), .afresh, watcher: watcher)
        #expect(watcher.starts == [0])
    }

    @Test func anotherConfigurationIsAnotherRun() async throws {
        _ = try? await train(json(), stoppingAfter: 3)
        let path = folder.path("run")
        await #expect(throws: TrainingError.otherRun(folder: path, field: "epochs")) {
            try await train(json(epochs: 4))
        }
        await #expect(throws: TrainingError.otherRun(folder: path, field: "settings.failingStep")) {
            try await train(json(settings: #", "failingStep": 9"#))
        }
        await #expect(throws: TrainingError.nothingToResume(folder: folder.path("elsewhere"))) {
            try await train(json(), in: "elsewhere", .resuming)
        }
    }

    @Test func aLossThatIsNoNumberEndsTheRunAndKeepsItsCheckpoints() async throws {
        let configuration = json(settings: #", "failingStep": 9"#)
        await #expect(throws: TrainingError.lossNotFinite(step: 9)) { try await train(configuration) }
        #expect(try names("run/seed-1/checkpoints") == ["step-00000004", "step-00000008"])
    }

    @Test func patienceRunsOutAndTheBestWeightsStay() async throws {
        // A gain of 2 is impossible, so the first measurement stays the best.
        let summary = try await train(
            json(epochs: 50, extra: #""validation": {"measure": "accuracy", "patience": 2, "minimumGain": 2},"#))
        #expect(summary.seeds[0].stoppedEarly && summary.seeds[0].steps == 30 && summary.seeds[0].bestStep == 10)
        #expect(summary.measures["accuracy"]?.values == summary.measures["finalAccuracy"]?.values)
        #expect(try names("run/seed-1/checkpoints").first == "step-00000010")
    }

    @Test func aMeasureThatIsNotTakenIsSaidAtTheFirstMeasurement() async throws {
        await #expect(throws: TrainingError.noMeasure("recall", measures: ["accuracy"])) {
            try await train(json(extra: #""validation": {"measure": "recall"},"#))
        }
    }

    @Test func severalSeedsAreDifferentRunsAndEndedOnesAreNotMadeAgain() async throws {
        let configuration = json(extra: #""seeds": [5, 6],"#)
        let first = Watcher()
        await #expect(throws: TrainingError.self) {
            try await train(configuration, stoppingAfter: 30, watcher: first)
        }
        let second = Watcher()
        let summary = try await train(configuration, watcher: second)
        #expect(summary.seeds.map(\.seed) == [5, 6])
        #expect(summary.measures["accuracy"]?.values.count == 2 && summary.measures["accuracy"]?.deviation != nil)
        let logs = try [5, 6].map { try MetricsLog(at: folder.url.appending(path: "run/seed-\($0)/metrics.jsonl")) }
        #expect(logs[0].steps.map(\.loss) != logs[1].steps.map(\.loss))
        let third = Watcher()
        try await train(configuration, watcher: third)
        #expect(third.starts.isEmpty)
    }

    @Test func mixedPrecisionLearnsToo() async throws {
        let summary = try await train(json(epochs: 20, extra: #""precision": "bf16", "clip": 1,"#))
        #expect((summary.measures["accuracy"]?.mean ?? 0) > 0.8)
    }

    @Test func anUnknownTaskIsNamedWithThoseThereAre() {
        #expect(throws: TrainingError.unknownTask("tyo", known: ["toy"])) {
            try TrainingRun(Data(#"{"task": "tyo"}"#.utf8), tasks: [ToyTask.self], folder: folder.url)
        }
        #expect(throws: ConfigurationError.unknownField("settings.dropuot", nearest: "settings.dropout")) {
            try TrainingRun(
                Data(#"{"task": "toy", "settings": {"dropuot": 0}}"#.utf8), tasks: [ToyTask.self], folder: folder.url)
        }
    }
}
