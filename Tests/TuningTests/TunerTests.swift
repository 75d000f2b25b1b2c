import Foundation
import Metaheuristics
import Synchronization
import Tensors
import TestSupport
import Testing
import Training

@testable import Tuning

/// A parabola: the cost increases with the distance of `number` from 7; training has no effect.
private struct Parabola: RunnableTask {
    struct Settings: ConfigurationSection {
        var number = 0.0
        var label = "a"
    }

    struct OneBatch: BatchSource {
        let stepsPerEpoch = 2
        let examplesPerStep = 1
        func batch(epoch: Int, step: Int) async throws -> Int { step }
    }

    static let name = "parabola"
    static let summary = "a test"
    /// The number of times that data were read.
    static let readings = Mutex(0)

    let batches = OneBatch()
    let parameters: ParameterStore
    private let weight: Tensor
    private let settings: Settings
    private let epochs: Int

    static func prepare(
        _ settings: Settings, _ configuration: RunConfiguration, tell: @Sendable (String) -> Void
    ) async throws -> Int {
        readings.withLock {
            $0 += 1
            return $0
        }
    }

    init(_ settings: Settings, _ material: Int, configuration: RunConfiguration, seed: UInt64) throws {
        parameters = ParameterStore(seed: seed)
        weight = try parameters.root.tensor("weight", [1], .zeros)
        (self.settings, epochs) = (settings, configuration.epochs)
    }

    func loss(of batch: Int, at moment: TrainingMoment) throws -> StepLoss { StepLoss((weight - 1).squared.sum()) }

    func validate(at moment: TrainingMoment) throws -> [String: Double] {
        let distance = settings.number - 7
        return ["accuracy": 1 / (1 + distance * distance), "error": distance * distance, "steps": Double(moment.step)]
    }
}

private let library = Fixtures.dependencies.appending(path: "torch/lib/\(TrainingEngine.fileName)")

@Suite(
    .serialized,
    .enabled(
        if: FileManager.default.fileExists(atPath: library.path),
        "needs the training engine: run scripts/setup --training"))
struct TunerTests {
    private let folder: TemporaryFolder
    private let data = Data(#"{"task": "parabola", "epochs": 2, "threads": 1, "settings": {"label": "b"}}"#.utf8)

    init() throws {
        try TrainingEngine.open(library: library)
        TrainingEngine.setThreads(1)
        folder = try TemporaryFolder()
    }

    private func tuner(_ measure: String = "accuracy", _ goal: Tuner.Goal = .largest) async throws -> Tuner {
        let task = try await PreparedTask(RunConfiguration(data), tasks: [Parabola.self]) { _ in }
        #expect(task.numericFields == ["settings.number"])
        return try Tuner(
            RunFile(data), task, fields: [TunedField("settings.number=0...10"), TunedField("stepsPerEpoch=1...3")],
            measure: measure, goal: goal, folder: folder.url)
    }

    private func number(_ outcome: Tuner.Outcome) -> Double? { outcome.best.values["settings.number"]?.number }

    @Test(arguments: [Tuner.Goal.largest, .smallest]) func theBestNumberIsFound(goal: Tuner.Goal) async throws {
        let before = Parabola.readings.withLock { $0 }
        let tuner = try await tuner(goal == .largest ? "accuracy" : "error", goal)
        let outcome = try await tuner.search(
            .random, budget: 60, population: 5, seed: 1, report: { _ in }, shouldStop: { false })
        // Integers: 11 values, 60 draws.
        #expect(number(outcome) == 7)
        #expect(outcome.best.cost == (goal == .largest ? 1 : 0))
        #expect(outcome.result.evaluations.count == 60)
        #expect(Parabola.readings.withLock { $0 } == before + 1, "data are read once for all evaluations")
        let place = folder.url.appending(path: "random-1")
        let best = try RunConfiguration(Data(contentsOf: place.appending(path: "best/run.json")))
        #expect(best.stepsPerEpoch == outcome.best.values["stepsPerEpoch"]?.number.map { Int($0) })
        #expect(outcome.measures["steps"] == Double(2 * (best.stepsPerEpoch ?? 0)), "epochs of so many steps")
        let files = FileManager.default
        #expect(files.fileExists(atPath: place.appending(path: "best/seed-1/weights.safetensors").path))
        #expect(!files.fileExists(atPath: place.appending(path: "trial").path))
    }

    @Test func anInterruptedSearchGoesOnWhereItWas() async throws {
        let whole = try await tuner().search(
            .aoa, budget: 12, population: 4, seed: 3, report: { _ in }, shouldStop: { false })
        let journal = folder.url.appending(path: "aoa-3/journal.jsonl")
        let lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n")
        try (lines.prefix(6).joined(separator: "\n") + "\n").write(to: journal, atomically: true, encoding: .utf8)
        let again = try await tuner().search(
            .aoa, budget: 12, population: 4, seed: 3, report: { _ in }, shouldStop: { false })
        #expect(again.result.evaluations.map(\.values) == whole.result.evaluations.map(\.values))
        #expect(again.best.cost == whole.best.cost)
        let kept = again.result.evaluations.prefix(5).map(\.seconds)
        #expect(kept == whole.result.evaluations.prefix(5).map(\.seconds), "five were not done again")
    }

    @Test func whatStopsTrainingStopsTheSearch() async throws {
        let tuner = try await tuner()
        await #expect(throws: CancellationError.self) {
            try await tuner.search(
                .random, budget: 5, population: 5, seed: 1, report: { _ in }, shouldStop: { true })
        }
    }

    @Test func fieldsAreCheckedBeforeDataAreRead() throws {
        let file = try RunFile(data)
        let before = Parabola.readings.withLock { $0 }
        for wrong in ["settings.numbr=0...1", "settings.label.x=0...1", "epochs=-1...5", "settings.number=a|b"] {
            #expect(throws: ConfigurationError.self, "\(wrong)") {
                try TunedField(wrong).check(in: file, tasks: [Parabola.self])
            }
        }
        try TunedField("epochs=1...5").check(in: file, tasks: [Parabola.self])
        try TunedField("settings.label=a|b").check(in: file, tasks: [Parabola.self])
        #expect(Parabola.readings.withLock { $0 } == before)
    }

    @Test func aMeasureThatIsNotThereIsSaidToBe() async throws {
        let tuner = try await tuner("recall")
        await #expect(throws: TuningError.self) {
            try await tuner.search(
                .random, budget: 5, population: 5, seed: 1, report: { _ in }, shouldStop: { false })
        }
    }
}
