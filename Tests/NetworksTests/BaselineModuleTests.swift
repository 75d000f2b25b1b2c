import Foundation
import Tensors
import Testing

import class Tensors.Tensor

@testable import Networks

/// Compares the baselines' modules with their equations, computed one number at a time.
@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct BaselineModuleTests {
    init() throws { try Engines.open() }

    /// Sets values that no initialization gives: normalizations with an effect, and gates that are partly open.
    private func disturb(_ store: ParameterStore) {
        for (index, entry) in store.entries.enumerated() {
            let seed = UInt64(index + 1)
            let shape = entry.tensor.shape
            let isPositive = entry.name.hasSuffix("running_var")
            let value =
                isPositive
                ? Tensor.uniform(0.5..<2, shape: shape, seed: seed)
                : Tensor.normal(deviation: 0.5, shape: shape, seed: seed)
            entry.tensor.copy(from: value)
        }
    }

    private func difference(_ result: Tensor, _ expected: PlainMap) -> Double {
        guard result.shape == expected.shape else { return .infinity }
        return zip(result.floats, expected.values).map { abs(Double($0) - $1) }.max() ?? .infinity
    }

    private func input(_ shape: [Int]) -> Tensor { Tensor.normal(shape: shape, seed: 77) }

    @Test(arguments: [(16, 16, 1), (16, 32, 2)])
    func theImprovedUnitIsArcFaces(inputs: Int, outputs: Int, stride: Int) throws {
        let store = ParameterStore(seed: 1)
        let unit = try ImprovedUnit(store.root, in: inputs, out: outputs, stride: stride)
        disturb(store)
        let layers = PlainLayers(store)
        let x = input([2, inputs, 5, 5])
        let plain = PlainMap(x)
        let first = layers.unit(layers.normalized(plain, "bn"), "first")
        let slopes = layers.numbers("first.slope")
        let rectified = first.mapping { c, value in value > 0 ? value : slopes[c] * value }
        let second = layers.unit(rectified, "second", stride: stride)
        let gated = layers.gated(second, "gate") { max($0, 0) }
        let shortcut = stride == 1 ? plain : layers.unit(plain, "shortcut", stride: stride)
        #expect(difference(unit(x, training: false), gated + shortcut) < 1e-4)
    }

    @Test(arguments: [false, true])
    func theBasicUnitIsHesAndCanFuseByAttention(isFused: Bool) throws {
        let store = ParameterStore(seed: 1)
        let unit = try BasicUnit(store.root, in: 8, out: 16, stride: 2, isFused: isFused)
        disturb(store)
        let layers = PlainLayers(store)
        let x = input([2, 8, 6, 6])
        let plain = PlainMap(x)
        let first = layers.unit(plain, "first", stride: 2).mapping { max($0, 0) }
        let residual = layers.unit(first, "second")
        let identity = layers.unit(plain, "shortcut", stride: 2)
        let shares = isFused ? shares(layers, identity + residual, "fusion.") : nil
        let joined = shares.map { fused($0, identity, residual) } ?? identity + residual
        #expect(difference(unit(x, training: false), joined.mapping { max($0, 0) }) < 1e-4)
    }

    /// Returns equations 2 and 3 of Dai et al.: σ(L(x) + g(x)).
    private func shares(_ layers: PlainLayers, _ x: PlainMap, _ path: String) -> PlainMap {
        func context(_ x: PlainMap, _ name: String) -> PlainMap {
            let squeezed = layers.unit(x, path + name + ".squeeze").mapping { max($0, 0) }
            return layers.unit(squeezed, path + name + ".excite")
        }
        return (context(x, "local") + context(x.mean, "global")).mapping(logistic)
    }

    /// Returns equation 4: M X + (1 − M) Y.
    private func fused(_ shares: PlainMap, _ identity: PlainMap, _ residual: PlainMap) -> PlainMap {
        shares.with(identity, *) + shares.mapping { 1 - $0 }.with(residual, *)
    }

    @Test func theMultiScaleAttentionIsEquationThree() throws {
        let store = ParameterStore(seed: 1)
        let module = try MultiScaleAttention(store.root, channels: 12)
        disturb(store)
        let x = input([2, 12, 4, 3])
        let expected = shares(PlainLayers(store), PlainMap(x), "")
        #expect(difference(module.share(x, training: false), expected) < 1e-5)
    }

    /// Tests MobileNetV2's block, and EfficientNet's with squeeze and excitation.
    @Test(arguments: [(8, 1, false), (12, 2, false), (8, 1, true), (12, 2, true)])
    func theInvertedResidualIsItsTable(outputs: Int, stride: Int, isGated: Bool) throws {
        let store = ParameterStore(seed: 1)
        let share: Double? = isGated ? 0.25 : nil
        let activation: (Tensor) -> Tensor = isGated ? { silu($0) } : { MobileNetV2.rectifiedTo6($0) }
        let form = InvertedResidual.Form(
            expansion: 6, kernel: 5, stride: stride, squeezedShare: share, activation: activation)
        let block = try InvertedResidual(store.root, in: 8, out: outputs, form)
        disturb(store)
        let squeezed: [Int]? = isGated ? [2, 48, 1, 1] : nil
        #expect(store.dictionary["gate.squeeze.weight"]?.shape == squeezed)
        func activated(_ x: Double) -> Double { isGated ? x * logistic(x) : min(max(x, 0), 6) }
        let layers = PlainLayers(store)
        let x = input([2, 8, 6, 6])
        let plain = PlainMap(x)
        let wide = layers.unit(plain, "widen").mapping(activated)
        let filtered = layers.unit(wide, "depthwise", stride: stride, groups: 48).mapping(activated)
        let gated = isGated ? layers.gated(filtered, "gate", activated) : filtered
        let narrow = layers.unit(gated, "narrow")
        let expected = stride == 1 ? plain + narrow : narrow
        #expect(difference(block(x, training: false), expected) < 1e-3)
    }

    @Test func anInceptionModuleHasItsFourBranches() throws {
        let store = ParameterStore(seed: 1)
        let widths = InceptionModule.Widths(point: 3, narrow3: 2, out3: 4, narrow5: 2, out5: 2, pooled: 5)
        let module = try InceptionModule(store.root, in: 6, widths)
        disturb(store)
        let layers = PlainLayers(store)
        let x = input([1, 6, 5, 4])
        let plain = PlainMap(x)
        func unit(_ x: PlainMap, _ name: String) -> PlainMap { layers.unit(x, name).mapping { max($0, 0) } }
        let pooled = PlainMap.filled(plain.shape) { n, c, y, x in
            let rows = max(y - 1, 0)...min(y + 1, 4)
            let columns = max(x - 1, 0)...min(x + 1, 3)
            return rows.flatMap { row in columns.map { plain[n, c, row, $0] } }.max() ?? 0
        }
        let branches = [
            unit(plain, "point"), unit(unit(plain, "narrow3"), "wide3"), unit(unit(plain, "narrow5"), "wide5"),
            unit(pooled, "pooled"),
        ]
        let expected = PlainMap(shape: [1, widths.total, 5, 4], values: branches.flatMap(\.values))
        #expect(difference(module(x, training: false), expected) < 1e-4)
    }

    @Test func theMemoryLayerIsItsEquations() throws {
        let store = ParameterStore(seed: 1)
        let (inputs, cells, steps) = (3, 4, 5)
        let layer = try MemoryLayer(store.root, in: inputs, cells: cells)
        disturb(store)
        let layers = PlainLayers(store)
        let (w, r) = (layers.numbers("input.weight"), layers.numbers("recurrent.weight"))
        let b = layers.numbers("input.bias")
        let x = input([1, steps, inputs])
        let numbers = x.floats.map(Double.init)
        let outputs = layer(x)
        #expect(outputs.count == steps)
        var h = [Double](repeating: 0, count: cells)
        var c = h
        for step in 0..<steps {
            let sums = (0..<4 * cells).map { row in
                let fromInput = (0..<inputs).map { w[row * inputs + $0] * numbers[step * inputs + $0] }
                let fromState = (0..<cells).map { r[row * cells + $0] * h[$0] }
                return fromInput.reduce(b[row], +) + fromState.reduce(0, +)
            }
            let gates = (0..<4).map { Array(sums[$0 * cells..<($0 + 1) * cells]) }
            for cell in 0..<cells {
                let kept = logistic(gates[1][cell] + 1) * c[cell]
                c[cell] = kept + logistic(gates[0][cell]) * Foundation.tanh(gates[2][cell])
                h[cell] = logistic(gates[3][cell]) * Foundation.tanh(c[cell])
            }
            let found = outputs[step].floats
            #expect(zip(found, h).allSatisfy { abs(Double($0) - $1) < 1e-5 }, "step \(step)")
        }
    }

    @Test func aStepIsAStripOfPixels() {
        let side = BackboneKind.side
        // Each pixel encodes its channel and row.
        let values = (0..<3 * side * side).map { Float($0 / (side * side) * 1000 + $0 / side % side) }
        let rows = RecurrentNetwork.rows(Tensor(values, shape: [1, 3, side, side]), side: side)
        #expect(rows.shape == [1, 14, 3 * 8 * side])
        let second = rows.slice(1, 1..<2).floats
        let said = [0, side, 8 * side - 1, 8 * side, 3 * 8 * side - 1].map { second[$0] }
        #expect(said == [8, 9, 15, 1008, 2015])
    }

    @Test func contributionsWeightChannelsAndPlaces() throws {
        let store = ParameterStore(seed: 1)
        let estimator = try ContributionEstimator(store.root, channels: 32)
        disturb(store)
        let layers = PlainLayers(store)
        let x = input([2, 32, 3, 3])
        func contribution(_ x: PlainMap, _ name: String) -> PlainMap {
            let narrow = x.convolved(
                layers.kernel(name + ".narrow.weight"), bias: layers.numbers(name + ".narrow.bias"))
            let wide = narrow.mapping { max($0, 0) }
                .convolved(layers.kernel(name + ".widen.weight"), bias: layers.numbers(name + ".widen.bias"))
            return wide.mapping(logistic)
        }
        let plain = PlainMap(x)
        #expect(difference(estimator.channels(x), contribution(plain.mean, "channels")) < 1e-5)
        #expect(difference(estimator.places(x), contribution(plain, "places")) < 1e-5)
    }
}
