import Foundation
import Inference
import Tensors
import TestSupport
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct GeneratorTests {
    init() throws { try Engines.open() }

    private func pictures(_ count: Int) -> Tensor {
        Tensor.uniform(-1..<1, shape: [count, 3, FaceTranslator.side, FaceTranslator.side])
    }

    private func configuration(style: Int = 0) -> FaceTranslatorConfiguration {
        var configuration = FaceTranslatorConfiguration()
        (configuration.width, configuration.blocks, configuration.styleSize) = (8, 2, style)
        return configuration
    }

    @Test func foldedPixelsLieSideBySide() {
        let x = Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4])
        let folded = PixelShuffle.folded(x)
        #expect(folded.shape == [1, 4, 2, 2])
        // The first channel has the upper left pixel of each square of four, the last one the lower right.
        #expect(folded.slice(1, 0..<1).floats == [0, 2, 8, 10])
        #expect(folded.slice(1, 3..<4).floats == [5, 7, 13, 15])
        let colours = Tensor.uniform(0..<1, shape: [2, 3, 6, 4])
        #expect(PixelShuffle.unfolded(PixelShuffle.folded(colours)).floats == colours.floats)
    }

    @Test(arguments: [0, 5]) func everyValueLearns(style: Int) throws {
        let store = ParameterStore(seed: 2)
        let network = try FaceTranslator(store.root, configuration(style: style))
        let code = style > 0 ? Tensor.normal(shape: [2, style]) : nil
        let result = network(pictures(2), style: code, training: true)
        #expect(result.picture.shape == [2, 3, 112, 112] && result.share.shape == [2, 1, 112, 112])
        #expect(result.picture.magnitude.max().scalar <= 1)
        result.picture.pow(2).reshaped([-1]).mean(0).backward()
        for entry in store.trainable {
            #expect((entry.tensor.gradient?.magnitude.max().scalar ?? 0) > 0, "\(entry.name)")
        }
    }

    @Test func whatIsNotNewStaysAsItIs() throws {
        let store = ParameterStore(seed: 2)
        let network = try FaceTranslator(store.root, configuration())
        let bias = try #require(store.dictionary["output.bias"])
        // The last four of the folded channels are the shares: almost nothing (e^-100) is new.
        bias.copy(from: Tensor([Float](repeating: 0, count: 12) + [Float](repeating: -100, count: 4), shape: [16]))
        let x = pictures(1)
        let result = network(x, training: false)
        #expect((result.picture - x).magnitude.max().scalar < 1e-6)
        bias.copy(from: Tensor([Float](repeating: 0, count: 12) + [Float](repeating: 100, count: 4), shape: [16]))
        #expect((network(x, training: false).picture - x).magnitude.max().scalar > 0.5)
    }

    @Test func theStyleIsSeen() throws {
        let network = try FaceTranslator(ParameterStore(seed: 2).root, configuration(style: 5))
        let x = pictures(1)
        let one = network(x, style: Tensor([1, 0, 0, 0, 1], shape: [1, 5]), training: false).picture
        let other = network(x, style: Tensor([-1, 1, 0, 0, 0], shape: [1, 5]), training: false).picture
        #expect((one - other).magnitude.max().scalar > 1e-4)
    }

    @Test(arguments: [0, 5]) func exportedTranslatorsAgree(style: Int) throws {
        let store = ParameterStore(seed: 3)
        let network = try FaceTranslator(store.root, configuration(style: style))
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "translator.onnx")
        let inputs =
            [(name: "input", shape: [1, 3, 112, 112])] + (style > 0 ? [(name: "style", shape: [1, style])] : [])
        try ONNXGraph(inputs: inputs, outputs: ["picture"], parameters: store) {
            [network($0[0], style: $0.count > 1 ? $0[1] : nil, training: false).picture]
        }.serialized(name: "translator").write(to: file)
        let x = pictures(2), code = style > 0 ? Tensor.normal(shape: [2, style]) : nil
        let expected = withoutGradients { network(x, style: code, training: false).picture.floats }
        let given =
            [Inference.Tensor(shape: x.shape, values: x.floats)]
            + (code.map { [Inference.Tensor(shape: $0.shape, values: $0.floats)] } ?? [])
        let found = try run(file, given, precision: .f32)
        let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(found.count == expected.count && difference < 1e-4)
    }

    @Test func decodersMakePicturesAndEveryValueLearns() throws {
        let store = ParameterStore(seed: 5)
        let network = try FaceDecoder(store.root, inputs: 12, width: 4)
        let picture = network(Tensor.normal(shape: [2, 12]), training: true)
        #expect(picture.shape == [2, 3, 112, 112] && picture.magnitude.max().scalar <= 1)
        picture.pow(2).reshaped([-1]).mean(0).backward()
        for entry in store.trainable where entry.name != "output.bias" {
            #expect((entry.tensor.gradient?.magnitude.max().scalar ?? 0) > 0, "\(entry.name)")
        }
    }
}

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct DiscriminatorTests {
    init() throws { try Engines.open() }

    @Test func aKernelIsDividedByItsLargestSingularValue() throws {
        let store = ParameterStore(
            ["weight": Tensor([3, 0, 0, -1], shape: [2, 2, 1, 1]), "bias": .zeros([2])], seed: 1
        ) {
            $0 == "u"
        }
        let layer = try SpectralConvolution(store.root, in: 2, out: 2, kernel: 1)
        for _ in 0..<30 { _ = layer.kernel(isLearning: true) }
        let kernel = layer.kernel(isLearning: false).weight.floats
        for (found, expected) in zip(kernel, [1, 0, 0, -1.0 / 3]) { #expect(abs(found - Float(expected)) < 1e-5) }
    }

    @Test func theEstimateMovesOnlyInTraining() throws {
        let store = ParameterStore(seed: 1)
        let layer = try SpectralConvolution(store.root, in: 4, out: 6, kernel: 3)
        let u = try #require(store.dictionary["u"])
        let before = u.floats
        _ = layer.kernel(isLearning: false)
        #expect(u.floats == before)
        _ = layer.kernel(isLearning: true)
        #expect(u.floats != before)
    }

    @Test(arguments: [0, 7]) func aGeneratorLearnsFromItWithoutMovingIt(identity: Int) throws {
        let store = ParameterStore(seed: 1)
        let discriminator = try FaceDiscriminator(store.root, inputs: 6, width: 8, identity: identity)
        let x = Tensor.uniform(-1..<1, shape: [2, 6, 112, 112])
        x.requiresGradient = true
        let judge = discriminator.judge(isLearning: true)
        let verdict = judge.detached(x)
        #expect(verdict.scores.shape == [2, 50] && verdict.identity?.shape == (identity > 0 ? [2, identity] : nil))
        verdict.scores.reshaped([-1]).mean(0).backward()
        #expect(store.trainable.allSatisfy { $0.tensor.gradient == nil })
        #expect((x.gradient?.magnitude.max().scalar ?? 0) > 0)

        var total = judge(x).scores.pow(2).reshaped([-1]).mean(0)
        if let described = judge(x).identity { total = total + described.pow(2).reshaped([-1]).mean(0) }
        total.backward()
        for entry in store.trainable {
            #expect((entry.tensor.gradient?.magnitude.max().scalar ?? 0) > 0, "\(entry.name)")
        }
    }
}
