import TestSupport
import Testing

@testable import Tensors

@Suite(.enabled(if: Fixtures.hasTrainingEngine, needsEngine)) struct NormalizationTests {
    @Test(arguments: [true, false]) func batchesAsPyTorch(training: Bool) throws {
        let golden = try Golden.layer(training ? "batchNormTraining" : "batchNormRunning")
        var values = golden.inputs.filter { $0.key != "x" }.mapValues(\.tensor)
        values["running_mean"] = vector(0.1, -0.2, 0.3)
        values["running_var"] = vector(0.5, 1, 2)
        let store = store(values)
        let layer = try BatchNorm2d(store.root, channels: 3, momentum: 0.2, epsilon: 1e-3)
        let x = try #require(golden.inputs["x"]).tensor
        x.requiresGradient = true
        let result = layer(x, training: training)
        expect(result, golden.result.shape, golden.result.values)
        result.squared.sum().backward()
        expect(try #require(x.gradient).floats, try #require(golden.gradients["x"]).values, within: 1e-4)
        for name in ["weight", "bias"] {
            expect(
                try #require(store.dictionary[name]?.gradient).floats, try #require(golden.gradients[name]).values,
                within: 1e-5)
        }
        expect(try store.dictionary.named("running_mean"), [3], try #require(golden.mean).values)
        expect(try store.dictionary.named("running_var"), [3], try #require(golden.variance).values)
    }

    @Test func withoutAScale() throws {
        let store = ParameterStore(seed: 1)
        let layer = try BatchNorm2d(store.root, channels: 2, scaled: false)
        #expect(store.entries.map(\.name) == ["bias", "running_mean", "running_var"])
        let x = drawn(8, 2, 3, 3) * 5 + 2
        let result = layer(x, training: true)
        expect(result.mean(0, 2, 3), [2], [0, 0])
        expect(result.squared.mean(0, 2, 3), [2], [1, 1], within: 1e-4)
        expect(layer(drawn(3, 2), training: false), [3, 2], (drawn(3, 2) - 0).floats, within: 4)
    }

    @Test func layersAsPyTorch() throws {
        let golden = try Golden.layer("layerNorm")
        let store = store(golden.inputs.filter { $0.key != "x" }.mapValues(\.tensor))
        let layer = try LayerNorm(store.root, size: 6)
        let x = try #require(golden.inputs["x"]).tensor
        x.requiresGradient = true
        let result = layer(x)
        expect(result, golden.result.shape, golden.result.values)
        result.squared.sum().backward()
        expect(try #require(x.gradient).floats, try #require(golden.gradients["x"]).values, within: 1e-4)
        for name in ["weight", "bias"] {
            expect(
                try #require(store.dictionary[name]?.gradient).floats, try #require(golden.gradients[name]).values,
                within: 1e-5)
        }
    }

    @Test func gradients() throws {
        let store = ParameterStore(seed: 1)
        let batch = try BatchNorm2d(store.root["batch"], channels: 2)
        let layer = try LayerNorm(store.root["layer"], size: 4)
        let (x, y) = (drawn(3, 2, 2, 2), drawn(3, 4))
        let values = store.dictionary
        for training in [true, false] {
            expectGradients(of: x, try values.named("batch.weight"), try values.named("batch.bias")) {
                weighted(batch(x, training: training))
            }
            // The effect of the differences on the running averages must not count in the next turn.
            try values.named("batch.running_mean").fill(0.1)
            try values.named("batch.running_var").fill(2)
        }
        expectGradients(of: y, try values.named("layer.weight"), try values.named("layer.bias")) { weighted(layer(y)) }
    }
}
