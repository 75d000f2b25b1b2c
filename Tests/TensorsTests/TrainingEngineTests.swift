import Foundation
import LikenessSupport
import TestSupport
import Testing

@testable import Tensors

@Suite struct TrainingEngineErrorTests {
    @Test func sayWhatToDo() throws {
        let all: [TrainingEngineError] = [
            .missing("/x.so"), .unusable(path: "/x.so", reason: "r"), .noDevice(.cuda),
        ]
        for error in all { #expect(!error.description.isEmpty && !error.description.contains("\n")) }
        #expect(all[0].description.contains("scripts/setup --training"))
        #expect(all[2].description.contains("--device cpu"))
    }

    @Test func filesThatAreNoEngine() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let file = try folder.file("engine.so", Data("not a library".utf8))
            #expect(throws: TrainingEngineError.missing(folder.path("other.so"))) {
                try TrainingEngine.open(library: folder.url.appending(path: "other.so"))
            }
            #expect {
                try TrainingEngine.open(library: file)
            } throws: {
                guard case .unusable(let path, let reason) = $0 as? TrainingEngineError else { return false }
                return path == file.path && !reason.isEmpty
            }
            #expect(!TrainingEngine.isOpen)
        }
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct TrainingEngineTests {
    @Test func isOpen() throws {
        #expect(TrainingEngine.isOpen)
        #expect(TrainingEngine.version.hasPrefix("2."))
        try TrainingEngine.open(library: Fixtures.trainingEngine)
        try TrainingEngine.require(.cpu)
        let elsewhere = Fixtures.trainingEngine.appending(path: "none.so")
        #expect(throws: TrainingEngineError.missing(elsewhere.path)) { try TrainingEngine.open(library: elsewhere) }
    }

    @Test(.enabled(if: !FileManager.default.fileExists(atPath: "/dev/nvidia0"), "this machine has a CUDA device"))
    func aDeviceThatIsNotThereIsNeverReplaced() {
        #expect(throws: TrainingEngineError.noDevice(.cuda)) { try TrainingEngine.require(.cuda) }
    }

    @Test func theProcessesNumbersDependOnTheSeed() async {
        // In a separate process, because all threads share one sequence.
        await #expect(processExitsWith: .success) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            TrainingEngine.setThreads(1)
            func numbers(_ seed: UInt64, before: () throws -> Void = {}) throws -> [Float] {
                TrainingEngine.seed(seed)
                try before()
                let kept = dropout(Tensor.full(1, shape: [100]), 0.5, training: true)
                return Tensor.normal(shape: [4]).floats + Tensor.uniform(0..<1, shape: [4]).floats + kept.floats
            }
            let first = try numbers(1)
            #expect(try numbers(1) == first)
            #expect(try numbers(2) != first)
            let second = try numbers(1) { _ = try Linear(ParameterStore(seed: 9).root, in: 4, out: 4) }
            #expect(second == first, "initial weights draw none of them")
        }
    }
}
