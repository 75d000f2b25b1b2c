import LikenessSupport
import Testing

@Suite("Principal components")
struct PrincipalComponentsTests {
    @Test("The directions of known variances are found, in order, with their shares")
    func knownDirections() {
        // Two directions that are neither axes nor orthogonal to them: (3, 4) / 5 with variance 4, (-4, 3) / 5 with 1.
        var generator = SplitMix64(state: 3)
        var values: [Float] = []
        for _ in 0..<20_000 {
            let long = 2 * normal(&generator), short = normal(&generator)
            values += [Float(1 + 0.6 * long - 0.8 * short), Float(-2 + 0.8 * long + 0.6 * short)]
        }
        let found = PrincipalComponents(of: values, dimension: 2, count: 2)
        #expect(abs(found.mean[0] - 1) < 0.05 && abs(found.mean[1] + 2) < 0.05)
        #expect(abs(found.directions[0][0] - 0.6) < 0.02 && abs(found.directions[0][1] - 0.8) < 0.02)
        #expect(abs(found.directions[1][0] - 0.8) < 0.02 && abs(found.directions[1][1] + 0.6) < 0.02)
        #expect(abs(found.shares[0] - 0.8) < 0.01 && abs(found.shares[1] - 0.2) < 0.01)
    }

    @Test("Directions are orthogonal, and all of them keep every distance", arguments: [1, 2, 7, 40])
    func orthogonal(dimension: Int) {
        var generator = SplitMix64(state: UInt64(dimension))
        let values = (0..<50 * dimension).map { _ in Float(normal(&generator)) }
        let found = PrincipalComponents(of: values, dimension: dimension, count: dimension)
        for one in 0..<dimension {
            for other in 0..<dimension {
                let product = zip(found.directions[one], found.directions[other]).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (one == other ? 1 : 0)) < 1e-9)
            }
        }
        #expect(abs(found.shares.reduce(0, +) - 1) < 1e-9)
        #expect(zip(found.shares, found.shares.dropFirst()).allSatisfy { $0 >= $1 })
        let fewer = PrincipalComponents(of: values, dimension: dimension, count: 1)
        #expect(fewer.directions == [found.directions[0]])
    }

    @Test("Equal vectors have no variance")
    func noVariance() {
        let found = PrincipalComponents(of: [1, 2, 1, 2, 1, 2], dimension: 2, count: 2)
        #expect(found.mean == [1, 2])
        #expect(found.shares == [0, 0])
    }

    /// A normally distributed number: the sum of twelve uniform ones.
    private func normal(_ generator: inout SplitMix64) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
}
