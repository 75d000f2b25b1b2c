import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct OptimizerTests {
    static let configurations: [(String, OptimizerConfiguration)] = [
        ("adam", .adam()), ("adamDecay", .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-5, weightDecay: 0.1)),
        ("adamW", .adamW(weightDecay: 0.1)), ("sgd", .sgd(momentum: 0)), ("momentum", .sgd(weightDecay: 0.05)),
        ("nesterov", .sgd(momentum: 0.8, nesterov: true)),
    ]

    /// The problem that PyTorch was given: bend · (p − target)².
    private struct Problem {
        let store: ParameterStore
        let parameter: Tensor
        let target: Tensor
        let bend: Tensor

        init(_ golden: Golden.Optimizers, from start: Tensor? = nil) throws {
            store = ParameterStore(["p": start ?? golden.start.tensor])
            parameter = try store.root.tensor("p", golden.start.shape, .zeros)
            (target, bend) = (golden.target.tensor, golden.bend.tensor)
        }

        func step(_ optimizer: Optimizer, _ number: Int) {
            store.clearGradients()
            (bend * (parameter - target).squared).sum().backward()
            optimizer.step(rate: 0.05 / (1 + Double(number) / 5))
        }
    }

    @Test(arguments: configurations) func asPyTorch(name: String, configuration: OptimizerConfiguration) throws {
        let golden = try Golden.read().optimizers
        let problem = try Problem(golden)
        let optimizer = Optimizer(configuration, problem.store)
        for (number, expected) in try #require(golden.trajectories[name]).enumerated() {
            problem.step(optimizer, number)
            expect(problem.parameter, expected.shape, expected.values, within: 2e-6)
        }
        #expect(optimizer.steps == 10)
    }

    @Test(arguments: configurations) func resumingChangesNothing(
        name: String, configuration: OptimizerConfiguration
    ) throws {
        let golden = try Golden.read().optimizers
        let problem = try Problem(golden)
        let optimizer = Optimizer(configuration, problem.store)
        for number in 0..<4 { problem.step(optimizer, number) }
        // Through a file, as with a checkpoint.
        let file = try SafeTensors(
            SafeTensors(optimizer.state.merging(problem.store.dictionary) { $1 }).serialized())
        let steps = optimizer.steps
        for number in 4..<10 { problem.step(optimizer, number) }
        let resumed = try Problem(golden, from: try file.tensors.named("p"))
        let other = Optimizer(configuration, resumed.store)
        try other.restore(file.tensors, steps: steps)
        for number in 4..<10 { resumed.step(other, number) }
        #expect(resumed.parameter.floats == problem.parameter.floats, "to the bit")
    }

    @Test func stateOfAnotherNetwork() throws {
        let problem = try Problem(Golden.read().optimizers)
        let optimizer = Optimizer(.adam(), problem.store)
        #expect(Set(optimizer.state.keys) == ["first.p", "second.p"])
        #expect(Set(Optimizer(.sgd(), problem.store).state.keys) == ["first.p"])
        #expect(throws: ParameterError.self) { try optimizer.restore([:], steps: 3) }
        let wrong = ["first.p": Tensor.zeros([2, 3]), "second.p": Tensor.zeros([3, 2])]
        #expect(throws: ParameterError.misshapen("second.p", expected: [2, 3], found: [3, 2])) {
            try optimizer.restore(wrong, steps: 3)
        }
        #expect(optimizer.steps == 0)
    }

    @Test func stateLiesAsTheKernelsDoWhereChannelsAreLast() throws {
        let golden = ParameterStore(seed: 1)
        let layer = try Conv2d(golden.root, in: 3, out: 4, kernel: 3, bias: false)
        let x = drawn(2, 3, 6, 6)
        let optimizer = Optimizer(.adam(), golden)
        let before = layer.weight.floats
        layer(x.channelsLast).squared.sum().backward()
        let gradient = try #require(layer.weight.gradient).floats
        optimizer.step(rate: 0.01)
        expect(try optimizer.state.named("first.weight").floats, gradient.map { $0 * 0.1 }, within: 1e-5)
        // Adam's first step is the rate times the sign.
        let expected = zip(before, gradient).map { $0 - 0.01 * ($1 < 0 ? -1 : 1) }
        expect(layer.weight.floats, expected, within: 1e-5)
        // The same holds for a state that was read from a file.
        let file = try SafeTensors(SafeTensors(optimizer.state).serialized()).tensors
        let resumed = Optimizer(.adam(), golden)
        try resumed.restore(file, steps: 1)
        let weight = layer.weight.floats
        optimizer.step(rate: 0.01)
        let next = layer.weight.floats
        layer.weight.copy(from: Tensor(weight, shape: layer.weight.shape))
        resumed.step(rate: 0.01)
        #expect(layer.weight.floats == next)
    }

    @Test func whatTheLossDoesNotReachStays() throws {
        let store = ParameterStore(seed: 1)
        let (a, b) = (try Linear(store.root["a"], in: 2, out: 2), try Linear(store.root["b"], in: 2, out: 2))
        let optimizer = Optimizer(.adamW(weightDecay: 1), store)
        let (first, second) = (a.weight.floats, b.weight.floats)
        a(drawn(1, 2)).sum().backward()
        optimizer.step(rate: 0.1)
        #expect(a.weight.floats != first && b.weight.floats == second)
        store.clearGradients()
        optimizer.step(rate: 0.1)
        #expect(b.weight.floats == second && optimizer.steps == 2)
    }

    @Test func frozenValuesHaveNoState() throws {
        let store = ParameterStore(seed: 1)
        _ = try Linear(store.root["a"], in: 2, out: 2)
        store.freeze { $0 == "a.weight" }
        #expect(Set(Optimizer(.adam(), store).state.keys) == ["first.a.bias", "second.a.bias"])
    }

    @Test func clipping() throws {
        let golden = try Golden.read().clipping
        let store = ParameterStore(["a": vector(3, -4), "b": vector(12)])
        let (a, b) = (try store.root.tensor("a", [2], .zeros), try store.root.tensor("b", [1], .zeros))
        let optimizer = Optimizer(.sgd(), store)
        #expect(optimizer.clipGradients(to: 1) == 0, "there are none yet")
        (a.squared.sum() / 2 + b.squared.sum() / 2).backward()
        #expect(optimizer.clipGradients(to: 20) == 13)
        #expect(a.gradient?.floats == [3, -4] && b.gradient?.floats == [12], "short enough")
        #expect(abs(optimizer.clipGradients(to: 6.5) - golden.norm) < 1e-5)
        expect(try #require(a.gradient).floats, golden.first.values)
        expect(try #require(b.gradient).floats, golden.second.values)
    }

    @Test func aLossThatIsNoNumberShows() throws {
        let store = ParameterStore(["a": vector(0)])
        let a = try store.root.tensor("a", [1], .zeros)
        (a / 0 * a).sum().backward()
        #expect(!Optimizer(.sgd(), store).clipGradients(to: 1).isFinite)
    }

    @Test func configurationsAsJSON() throws {
        for (_, configuration) in Self.configurations {
            let data = try JSONEncoder().encode(configuration)
            #expect(try JSONDecoder().decode(OptimizerConfiguration.self, from: data) == configuration)
        }
    }
}
