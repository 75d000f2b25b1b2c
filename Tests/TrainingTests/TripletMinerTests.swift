import Testing
import Training

@Suite struct TripletMinerTests {
    // People 0, 0, 1, 1 on a line at 0, 1, 1.05 and 3; squared distances.
    private let labels = [0, 0, 1, 1]
    private let distances: DistanceMatrix = {
        let places: [Float] = [0, 1, 1.05, 3]
        return DistanceMatrix(places.flatMap { a in places.map { (a - $0) * (a - $0) } }, count: 4)
    }()

    private func rows(_ miner: TripletMiner, margin: Double = 0.2) -> [[Int]] {
        let triplets = miner.triplets(distances: distances, labels: labels, margin: margin)
        return zip(triplets.anchors, zip(triplets.positives, triplets.negatives)).map { [$0, $1.0, $1.1] }
    }

    @Test func batchAllTakesEveryTriplet() {
        #expect(
            rows(.batchAll) == [
                [0, 1, 2], [0, 1, 3], [1, 0, 2], [1, 0, 3], [2, 3, 0], [2, 3, 1], [3, 2, 0], [3, 2, 1],
            ])
    }

    @Test func batchHardTakesTheFarthestPositiveAndTheNearestNegative() {
        #expect(rows(.batchHard) == [[0, 1, 2], [1, 0, 2], [2, 3, 1], [3, 2, 1]])
    }

    @Test func batchHardFindsTheFarthestOfSeveralPositives() {
        let places: [Float] = [0, 1, 2, 5]
        let matrix = DistanceMatrix(places.flatMap { a in places.map { (a - $0) * (a - $0) } }, count: 4)
        let triplets = TripletMiner.batchHard.triplets(distances: matrix, labels: [0, 0, 0, 1], margin: 0.2)
        #expect(triplets.anchors == [0, 1, 2])
        #expect(triplets.positives[0] == 2 && triplets.positives[2] == 0)
        #expect(triplets.negatives == [3, 3, 3])
    }

    // Anchor 0: positive at 1; negative 2 at 1.1025 lies within 0.2 of it, negative 3 at 9 does not. Anchor 3: positive
    // at 3.8025; negative 1 at 4 lies within 0.2 of it. Anchor 2: the positive at 3.8025 is farther than both
    // negatives, so the nearest negative is taken, 1. Anchor 1: positive at 1; negative 2 at 0.0025 is nearer, 3 at 4
    // is beyond the margin, so the nearest negative is taken, 2.
    @Test func semiHardTakesNegativesInsideTheMarginElseTheNearest() {
        #expect(rows(.semiHard) == [[0, 1, 2], [1, 0, 2], [2, 3, 1], [3, 2, 1]])
        #expect(rows(.semiHard, margin: 4)[1] == [1, 0, 3])
    }

    @Test(arguments: TripletMiner.allCases) func onePersonAloneHasNoTriplets(miner: TripletMiner) {
        let matrix = DistanceMatrix([0, 1, 1, 0], count: 2)
        #expect(miner.triplets(distances: matrix, labels: [7, 7], margin: 0.2).count == 0)
        #expect(miner.triplets(distances: matrix, labels: [7, 8], margin: 0.2).count == 0)
    }
}
