import LikenessSupport
import Testing

@testable import FaceTraining

@Suite("Clusters of embeddings") struct EmbeddingClustersTests {
    /// Faces of three kinds: each is near one of three axes.
    private func faces(_ seed: UInt64) -> [[Float]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<300).map { index in
            (0..<8).map { place in
                (place == index % 3 ? 3 : 0) + Float.random(in: -0.3...0.3, using: &generator)
            }
        }
    }

    @Test func oneClusterIsTheMeanOfUnitEmbeddings() {
        let clusters = EmbeddingClusters(of: [[2, 0], [0, 5]], count: 1, sharpness: 8, seed: 1)
        #expect(clusters.count == 1 && clusters.directions == [0, 0])
        #expect(clusters.means == [0.5, 0.5])
    }

    @Test(arguments: [UInt64(1), 2, 3]) func kindsAreFound(seed: UInt64) {
        let clusters = EmbeddingClusters(of: faces(seed), count: 8, sharpness: 20, seed: seed)
        let means = (0..<clusters.count).map { Array(clusters.means[$0 * 8..<($0 + 1) * 8]) }
        for axis in 0..<3 { #expect(means.contains { $0[axis] > 0.95 }) }
        for (mean, direction) in zip(means, (0..<8).map { Array(clusters.directions[$0 * 8..<($0 + 1) * 8]) }) {
            let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
            #expect(abs(length - 20) < 1e-3, "the directions have the length of the sharpness")
            #expect(zip(mean, direction).reduce(0) { $0 + $1.0 * $1.1 } > 0)
        }
    }

    @Test func theSameSeedGivesTheSameClusters() {
        let some = EmbeddingClusters(of: faces(1), count: 5, sharpness: 8, seed: 4)
        let again = EmbeddingClusters(of: faces(1), count: 5, sharpness: 8, seed: 4)
        #expect(some.means == again.means && some.directions == again.directions)
    }

    @Test func thereAreNoMoreClustersThanFaces() {
        #expect(EmbeddingClusters(of: [[1, 0], [0, 1], [1, 1]], count: 32, sharpness: 8, seed: 1).count == 3)
        #expect(EmbeddingClusters(of: [], count: 32, sharpness: 8, seed: 1).count == 1)
    }
}
