import Tensors
import Testing

import class Tensors.Tensor

@testable import Networks

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct ContextFusionTests {
    init() throws { try Engines.open() }

    @Test func anUnknownMaskHasATokenOfItsOwn() throws {
        let store = ParameterStore(seed: 1)
        let encoder = try ContextEncoder(store.root, size: 4)
        let unknown = try #require(store.dictionary["unknown"])
        unknown.copy(from: Tensor([7, 8, 9, 10], shape: [4]))
        let known = [Float](repeating: 0.3, count: 12)
        let tokens = encoder(Tensor(known.dropLast() + [-1] + known, shape: [2, 12]))
        #expect(tokens.shape == [2, 12, 4])
        let values = tokens.floats
        #expect(Array(values[44..<48]) == [7, 8, 9, 10])
        #expect(Array(values[92..<96]) != [7, 8, 9, 10])
        #expect(Array(values[0..<44]) == Array(values[48..<92]), "the other entries are the same")
    }

    @Test func negativeAnglesAreKnown() throws {
        let store = ParameterStore(seed: 1)
        let encoder = try ContextEncoder(store.root, size: 4)
        try #require(store.dictionary["unknown"]).fill(100)
        let tokens = encoder(Tensor([Float](repeating: -30, count: 11) + [0.5], shape: [1, 12]))
        #expect(tokens.magnitude.max().scalar < 50)
    }

    @Test(arguments: ContextFusionConfiguration.Form.allCases)
    func aNewFusionChangesNothingAndATrainedOneDepends(form: ContextFusionConfiguration.Form) throws {
        let store = ParameterStore(seed: 1)
        let fusion = try ContextFusion(store.root, dimension: 128, ContextFusionConfiguration(form: form))
        let embedding = Tensor.normal(shape: [2, 128]).normalized()
        let dark = Tensor([Float](repeating: 0.1, count: 24), shape: [2, 12])
        let light = Tensor([Float](repeating: 0.9, count: 24), shape: [2, 12])
        let same = (fusion(embedding, context: dark) - embedding).magnitude.max().scalar
        #expect(same < 1e-6)
        try #require(store.dictionary["projection.second.weight"]).copy(
            from: Tensor.normal(deviation: 0.1, shape: [128, 256]))
        let (a, b) = (fusion(embedding, context: dark), fusion(embedding, context: light))
        #expect((a - b).magnitude.max().scalar > 1e-3)
        #expect(a.norm(1).floats.allSatisfy { abs($0 - 1) < 1e-5 })
    }

    @Test func theUnprojectedFormIsWider() throws {
        var configuration = ContextFusionConfiguration(form: .crossAttention)
        configuration.isProjected = false
        let fusion = try ContextFusion(ParameterStore(seed: 1).root, dimension: 128, configuration)
        let result = fusion(
            Tensor.normal(shape: [3, 128]).normalized(), context: Tensor.zeros([3, 12]))
        #expect(result.shape == [3, 192] && fusion.dimension == 192)
        #expect(result.norm(1).floats.allSatisfy { abs($0 - 1) < 1e-5 })
    }
}
