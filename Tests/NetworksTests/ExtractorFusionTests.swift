import Networks
import Tensors
import TestSupport
import Testing

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct ExtractorFusionTests {
    init() throws { try Engines.open() }

    private static let parts: [ExtractorFusionConfiguration] =
        ([nil] + ContextFusionConfiguration.Form.allCases).flatMap { form in
            [false, true].map { isWeighted in
                var parts = ExtractorFusionConfiguration()
                (parts.form, parts.isWeighted) = (form, isWeighted)
                return parts
            }
        }

    private func contexts(_ count: Int) -> Tensor {
        // Degrees, light, sharpness, size, confidence and mask, as in a photograph.
        let row: [Float] = [10, -5, 3, 0.5, 0.2, 0.1, 0.05, 0, 20, 100, 0.9, 0.1]
        return Tensor((0..<count).flatMap { _ in row }, shape: [count, 12])
    }

    @Test(arguments: parts) func anUntrainedFusionIsTheMeanOfTheCosines(_ parts: ExtractorFusionConfiguration) throws {
        let fusion = try ExtractorFusion(ParameterStore(seed: 1).root, parts)
        let embeddings = Tensor.normal(shape: [4, 256], seed: 2) * 3
        let joined = fusion.joined(embeddings, context: contexts(4))
        #expect(joined.shape == [4, 256])
        let found = joined.matmul(joined.transposed).floats
        let (one, other) = (embeddings.slice(1, 0..<128).normalized(), embeddings.slice(1, 128..<256).normalized())
        let expected = (one.matmul(one.transposed) * 0.5 + other.matmul(other.transposed) * 0.5).floats
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(fusion(embeddings, context: contexts(4)).shape == [4, 128])
    }

    @Test(arguments: [0, 0.25, 1]) func aShareWeightsTheCosines(share: Double) throws {
        var parts = ExtractorFusionConfiguration()
        (parts.isWeighted, parts.share) = (false, share)
        let fusion = try ExtractorFusion(ParameterStore(seed: 1).root, parts)
        let embeddings = Tensor.normal(shape: [4, 256], seed: 2)
        let joined = fusion.joined(embeddings, context: contexts(4))
        let (one, other) = (embeddings.slice(1, 0..<128).normalized(), embeddings.slice(1, 128..<256).normalized())
        let expected = one.matmul(one.transposed) * share + other.matmul(other.transposed) * (1 - share)
        #expect((joined.matmul(joined.transposed) - expected).magnitude.max().scalar < 1e-4)
    }

    @Test func theContextDecidesHowMuchAnExtractorCounts() throws {
        let store = ParameterStore(seed: 1)
        let fusion = try ExtractorFusion(store.root, ExtractorFusionConfiguration())
        // The first extractor counts more the less sharp the face is.
        var weights = [Float](repeating: 0, count: 12)
        weights[8] = -2
        store.dictionary["weights.weight"]?.copy(from: Tensor(weights, shape: [1, 12]))
        let embedding = Tensor.normal(shape: [1, 256], seed: 3)
        func share(sharpness: Float, size: Float = 100, confidence: Float = 0.9) -> Float {
            var row = contexts(1).floats
            (row[8], row[9], row[10]) = (sharpness, size, confidence)
            let joined = fusion.joined(embedding, context: Tensor(row, shape: [1, 12]))
            return joined.slice(1, 0..<128).squared.sum().scalar
        }
        #expect(share(sharpness: 1) > 0.8 && share(sharpness: 60) < 0.2)
        // The whole picture has no influence, however strange it is.
        #expect(share(sharpness: 20) == share(sharpness: 20, size: 5000, confidence: 0))
    }

    @Test(arguments: parts) func contextsFromOutsideGiveFiniteNumbers(_ parts: ExtractorFusionConfiguration) throws {
        let fusion = try ExtractorFusion(ParameterStore(seed: 1).root, parts)
        let rows: [Float] = (0..<12).map { _ in -1 } + (0..<12).map { _ in 1e6 } + (0..<12).map { _ in 0 }
        let some = Tensor.normal(shape: [2, 256], seed: 1)
        let embeddings = Tensor.concatenated([some, Tensor.zeros([1, 256])], axis: 0)
        let fused = fusion(embeddings, context: Tensor(rows, shape: [3, 12]))
        #expect(fused.floats.allSatisfy { $0.isFinite })
    }

    @Test func gradientsReachTheWeights() throws {
        let store = ParameterStore(seed: 1)
        let fusion = try ExtractorFusion(store.root, ExtractorFusionConfiguration())
        // The hidden layer starts without influence.
        store.dictionary["weights.output.weight"]?.copy(from: Tensor([Float](repeating: 1, count: 8), shape: [1, 8]))
        let fused = fusion(Tensor.normal(shape: [4, 256], seed: 2), context: contexts(4))
        (fused * Tensor.normal(shape: [4, 128], seed: 5)).sum().backward()
        for entry in store.trainable {
            #expect(entry.tensor.gradient?.floats.contains { $0 != 0 } == true, "\(entry.name)")
        }
    }
}
