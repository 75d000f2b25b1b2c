import Networks
import Tensors
import TestSupport
import Testing

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct LocalCenteringTests {
    init() throws { try Engines.open() }

    @Test func withoutMeansEmbeddingsGetLengthOne() throws {
        let centering = try LocalCentering(ParameterStore(seed: 1).root, dimension: 4, clusters: 3)
        let embeddings = Tensor([3, 0, 4, 0, 0, 0, 0, 2], shape: [2, 4])
        #expect(centering(embeddings).floats == [0.6, 0, 0.8, 0, 0, 0, 0, 1])
    }

    @Test func theMeanOfTheNearestClusterIsSubtracted() throws {
        let store = ParameterStore(seed: 1)
        let centering = try LocalCentering(store.root, dimension: 2, clusters: 2)
        // Very sharp clusters along both axes.
        store.dictionary["directions"]?.copy(from: Tensor([1000, 0, 0, 1000], shape: [2, 2]))
        store.dictionary["means"]?.copy(from: Tensor([0.5, 0.2, 0, 0.9], shape: [2, 2]))
        let found = centering(Tensor([8, 6, 3, 4], shape: [2, 2])).floats
        // (0.8, 0.6) − (0.5, 0.2) and (0.6, 0.8) − (0, 0.9)
        let lengths = [(0.09 + 0.16 as Float).squareRoot(), (0.36 + 0.01 as Float).squareRoot()]
        let expected = [0.3 / lengths[0], 0.4 / lengths[0], 0.6 / lengths[1], -0.1 / lengths[1]]
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }, "\(found)")
    }

    @Test func strangeEmbeddingsGiveFiniteNumbers() throws {
        let store = ParameterStore(seed: 1)
        let centering = try LocalCentering(store.root, dimension: 2, clusters: 1)
        store.dictionary["means"]?.copy(from: Tensor([1, 0], shape: [1, 2]))
        let found = centering(Tensor([0, 0, 1, 0, 1e30, -1e30], shape: [3, 2])).floats
        #expect(found.allSatisfy { $0.isFinite })
    }
}
