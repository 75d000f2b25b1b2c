import LikenessSupport
import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct ParametersTests {
    /// Creates a small network with the names `a.weight`, `a.bias`, `norm.0.bias` and two running averages.
    private func network(_ store: ParameterStore) throws {
        _ = try Linear(store.root["a"], in: 2, out: 3)
        _ = try BatchNorm2d(store.root["norm"][0], channels: 3, scaled: false)
    }

    private func made(seed: UInt64 = 1) throws -> ParameterStore {
        let store = ParameterStore(seed: seed)
        try network(store)
        return store
    }

    @Test func namesAndCounts() throws {
        let store = try made()
        #expect(
            store.entries.map(\.name) == [
                "a.weight", "a.bias", "norm.0.bias", "norm.0.running_mean", "norm.0.running_var",
            ])
        #expect(store.entries.map(\.isBuffer) == [false, false, false, true, true])
        #expect(store.count == 6 + 3 + 3)
        #expect(store.trainable.map(\.name) == ["a.weight", "a.bias", "norm.0.bias"])
        #expect(Set(store.dictionary.keys) == Set(store.entries.map(\.name)))
    }

    @Test func aValueDependsOnSeedAndNameAlone() throws {
        let weight = try made().dictionary.named("a.weight").floats
        #expect(try made().dictionary.named("a.weight").floats == weight)
        #expect(try made(seed: 2).dictionary.named("a.weight").floats != weight)
        let other = ParameterStore(seed: 1)
        _ = try Linear(other.root["before"], in: 2, out: 3)
        try network(other)
        #expect(try other.dictionary.named("a.weight").floats == weight, "whatever else there is")
        #expect(try other.dictionary.named("before.weight").floats != weight)
    }

    @Test func initialValues() {
        func values(_ initialization: Initialization, _ shape: [Int]) -> Tensor {
            initialization.tensor(shape, seed: 1, on: .cpu)
        }
        #expect(values(.zeros, [2]).floats == [0, 0] && values(.ones, [2]).floats == [1, 1])
        #expect(values(.constant(-3), [2]).floats == [-3, -3])
        expect(values(.normal(0.1), [10_000]).squared.mean(), [], [0.01], within: 1e-3)
        expect(values(.he(fanIn: 8), [10_000]).squared.mean(), [], [0.25], within: 0.02)
        expect(values(.glorot(fanIn: 2, fanOut: 4), [10_000]).squared.mean(), [], [1.0 / 3], within: 0.02)
    }

    @Test func whatWasStoredIsHandedOut() throws {
        let values = try made().dictionary
        let store = ParameterStore(values.merging(["stranger": vector(1)]) { $1 })
        try network(store)
        for (name, value) in values { #expect(try store.dictionary.named(name).floats == value.floats) }
        #expect(store.unused == ["stranger"])
        #expect(store.trainable.count == 3)
        try store.dictionary.named("a.bias").fill(9)
        #expect(try values.named("a.bias").floats == [0, 0, 0], "a copy")
    }

    @Test func halfPrecisionBecomesSingle() throws {
        let store = ParameterStore(["weight": drawn(3, 2).to(.bfloat16), "bias": Tensor([1, 2, 3])])
        let layer = try Linear(store.root, in: 2, out: 3)
        #expect(layer.weight.element == .float32 && layer.bias?.floats == [1, 2, 3])
        layer(drawn(1, 2)).sum().backward()
        #expect(layer.weight.gradient != nil && layer.bias?.gradient != nil)
    }

    @Test func aNewPartBesideStoredOnes() throws {
        let values = try made().dictionary.filter { $0.key.hasPrefix("norm") }
        let store = ParameterStore(values, seed: 1) { $0.hasPrefix("a.") }
        try network(store)
        #expect(try store.dictionary.named("a.weight").floats == made().dictionary.named("a.weight").floats)
        #expect(store.unused == [])
    }

    @Test func valuesOfAnotherNetwork() throws {
        var values = try made().dictionary
        values["a.bias"] = vector(1, 2)
        #expect(throws: ParameterError.misshapen("a.bias", expected: [3], found: [2])) {
            try network(ParameterStore(values))
        }
        values["a.bias"] = nil
        #expect(throws: ParameterError.missing("a.bias", shape: [3])) { try network(ParameterStore(values)) }
        for error in [
            ParameterError.missing("n", shape: [3]), .misshapen("n", expected: [1], found: [2]), .unknown("n"),
        ] {
            #expect(error.description.contains("n") && !error.description.contains("\n"))
        }
    }

    @Test func loadingIntoANetwork() throws {
        let (store, other) = (try made(), try made(seed: 2))
        try store.load(other.dictionary)
        for (name, value) in other.dictionary { #expect(try store.dictionary.named(name).floats == value.floats) }
        let before = try store.dictionary.named("a.weight").floats
        var wrong = try made(seed: 3).dictionary
        wrong["norm.0.bias"] = vector(1)
        #expect(throws: ParameterError.misshapen("norm.0.bias", expected: [3], found: [1])) { try store.load(wrong) }
        wrong["norm.0.bias"] = nil
        #expect(throws: ParameterError.missing("norm.0.bias", shape: [3])) { try store.load(wrong) }
        wrong["norm.0.bias"] = vector(1, 2, 3)
        wrong["stranger"] = vector(1)
        #expect(throws: ParameterError.unknown("stranger")) { try store.load(wrong) }
        #expect(try store.dictionary.named("a.weight").floats == before, "all or nothing")
    }

    @Test func frozenValuesDoNotLearn() throws {
        let store = ParameterStore(seed: 1)
        let (a, b) = (try Linear(store.root["a"], in: 2, out: 2), try Linear(store.root["b"], in: 2, out: 2))
        store.freeze { $0.hasPrefix("a.") }
        #expect(store.trainable.map(\.name) == ["b.weight", "b.bias"])
        b(a(drawn(3, 2))).squared.sum().backward()
        #expect(a.weight.gradient == nil && b.weight.gradient != nil)
        store.clearGradients()
        #expect(b.weight.gradient == nil)
        store.freeze { _ in false }
        #expect(store.trainable.count == 4)
    }

    @Test func twoLayersOfOneName() async {
        await #expect(processExitsWith: .failure) {
            try TrainingEngine.open(library: Fixtures.trainingEngine)
            let store = ParameterStore(seed: 1)
            _ = try Linear(store.root["a"], in: 1, out: 1)
            _ = try Linear(store.root["a"], in: 1, out: 1)
        }
    }
}
