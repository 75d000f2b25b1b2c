import Foundation
import Testing

@testable import Training

@Suite struct CheckpointTests {
    private func checkpoint(_ change: (inout Checkpoint) -> Void = { _ in }) -> Checkpoint {
        var state = TrainingState()
        state.step = 12
        state.best = TrainingState.Best(step: 10, value: 0.9, measures: [:])
        var checkpoint = Checkpoint(state: state, configuration: RunConfiguration(), seed: 1, optimizerSteps: 12)
        change(&checkpoint)
        return checkpoint
    }

    @Test func countersThatNoRunReachesAreNamed() {
        #expect(checkpoint().impossibleField(atStep: 12) == nil)
        #expect(checkpoint().impossibleField(atStep: 11) == "state.step")
        #expect(checkpoint { $0.state.step = .max }.impossibleField(atStep: .max) == "state.step")
        #expect(checkpoint { $0.state.step = -1 }.impossibleField(atStep: -1) == "state.step")
        #expect(checkpoint { $0.state.best?.step = 13 }.impossibleField(atStep: 12) == "state.best.step")
        #expect(checkpoint { $0.state.best?.step = .min }.impossibleField(atStep: 12) == "state.best.step")
        #expect(
            checkpoint { $0.state.measurementsSinceBest = .max }.impossibleField(atStep: 12)
                == "state.measurementsSinceBest")
        #expect(checkpoint { $0.optimizerSteps = .max }.impossibleField(atStep: 12) == "optimizerSteps")
    }
}
