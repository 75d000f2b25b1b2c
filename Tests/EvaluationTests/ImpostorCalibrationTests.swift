import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct ImpostorCalibrationTests {
    private struct People {
        var embeddings: [Float] = []
        var labels: [Int] = []
        let dimension: Int

        /// Creates unit vectors around a center for each person, in a random order of people.
        init(seed: UInt64, count: Int, people: Int, dimension: Int) {
            self.dimension = dimension
            var random = SplitMix64(state: seed)
            func vector() -> [Float] { (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
            let centers = (0..<people).map { _ in vector() }
            for _ in 0..<count {
                let person = Int.random(in: 0..<people, using: &random)
                append(zip(centers[person], vector()).map { $0 + 0.7 * $1 }, label: person)
            }
        }

        init(dimension: Int) { self.dimension = dimension }

        mutating func append(_ values: [Float], label: Int) {
            let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            embeddings += values.map { Float(Double($0) / length) }
            labels.append(label)
        }

        /// Returns the similarity as in `Embedding.similarity(to:)`.
        func similarity(_ a: Int, _ b: Int) -> Float {
            var sum: Float = 0
            for index in 0..<dimension { sum += embeddings[a * dimension + index] * embeddings[b * dimension + index] }
            return min(max(sum, -1), 1)
        }

        /// The mated and impostor similarities of all pairs.
        var similarities: (mated: [Float], impostors: [Float]) {
            var all: (mated: [Float], impostors: [Float]) = ([], [])
            for a in labels.indices {
                for b in labels.indices where b > a {
                    if labels[a] == labels[b] {
                        all.mated.append(similarity(a, b))
                    } else {
                        all.impostors.append(similarity(a, b))
                    }
                }
            }
            return all
        }
    }

    private func check(_ calibration: ImpostorCalibration, against people: People, rates: [Double]) {
        let (mated, impostors) = people.similarities
        #expect(calibration.matedPairs == mated.count && calibration.impostorPairs == impostors.count)
        #expect(calibration.points.map(\.falseMatchRate) == rates)
        for point in calibration.points {
            let share = { (threshold: Float) in Double(impostors.count { $0 >= threshold }) / Double(impostors.count) }
            #expect(share(point.threshold) <= point.falseMatchRate)
            #expect(share(point.threshold.nextDown) > point.falseMatchRate)
            #expect(point.falseMatches == impostors.count { $0 >= point.threshold })
            #expect(point.falseNonMatches == mated.count { $0 < point.threshold })
            #expect(point.falseNonMatchRate == Double(point.falseNonMatches) / Double(mated.count))
        }
    }

    @Test(arguments: [(33, 4, 3), (64, 5, 8), (130, 9, 7), (321, 40, 5)])
    func agreesWithBruteForce(count: Int, people: Int, dimension: Int) async throws {
        let faces = People(seed: UInt64(count), count: count, people: people, dimension: dimension)
        let rates = [0.9, 0.5, 0.2, 0.1]
        let calibration = try await ImpostorCalibration(
            embeddings: faces.embeddings, dimension: dimension, labels: faces.labels, rates: rates.shuffled())
        check(calibration, against: faces, rates: rates)
        #expect(calibration.pictures == count && calibration.people == people)
        #expect(calibration.peoplePairs == people * (people - 1) / 2)
    }

    @Test func doesNotDependOnTheWorkers() async throws {
        let faces = People(seed: 11, count: 300, people: 30, dimension: 6)
        let one = try await ImpostorCalibration(
            embeddings: faces.embeddings, dimension: 6, labels: faces.labels, workers: 1)
        let three = try await ImpostorCalibration(
            embeddings: faces.embeddings, dimension: 6, labels: faces.labels, workers: 3)
        #expect(one == three)
        // 43,000 comparisons: 30 false matches at 1e-3, not at 3e-4.
        check(one, against: faces, rates: [1e-1, 3e-2, 1e-2, 3e-3, 1e-3])
    }

    @Test func holdsWhereSimilaritiesTie() async throws {
        var faces = People(dimension: 2)
        for index in 0..<90 {
            faces.append(index % 3 == 0 ? [1, 0] : index % 3 == 1 ? [0, 1] : [0, -1], label: index % 5)
        }
        let calibration = try await ImpostorCalibration(
            embeddings: faces.embeddings, dimension: 2, labels: faces.labels, rates: [0.9, 0.5, 0.1])
        check(calibration, against: faces, rates: [0.9, 0.5, 0.1])
        #expect(calibration.points.map(\.threshold) == [Float(-1).nextUp, Float(0).nextUp, Float(1).nextUp])
        #expect(calibration.points.last?.falseMatches == 0 && calibration.points.last?.falseNonMatchRate == 1)
    }

    @Test func leavesOutWhatTheRuleOfThirtyDoes() async throws {
        let faces = People(seed: 5, count: 40, people: 4, dimension: 4)
        let calibration = try await ImpostorCalibration(
            embeddings: faces.embeddings, dimension: 4, labels: faces.labels, rates: [0.5, 0.01])
        #expect(calibration.impostorPairs < 3_000)
        #expect(calibration.points.map(\.falseMatchRate) == [0.5])
    }

    @Test func refusesWhatCannotBeCalibrated() async throws {
        let embeddings: [Float] = [1, 0, 0, 1, -1, 0]
        await #expect(throws: EvaluationError.noImpostorPairs) {
            try await ImpostorCalibration(embeddings: embeddings, dimension: 2, labels: ["a", "a", "a"])
        }
        await #expect(throws: EvaluationError.noMatedPairs) {
            try await ImpostorCalibration(embeddings: embeddings, dimension: 2, labels: ["a", "b", "c"])
        }
        await #expect(throws: EvaluationError.noImpostorPairs) {
            try await ImpostorCalibration(embeddings: [], dimension: 2, labels: [String]())
        }
        await #expect(throws: EvaluationError.invalidRate(0)) {
            try await ImpostorCalibration(embeddings: embeddings, dimension: 2, labels: ["a", "a", "b"], rates: [0])
        }
        for bad in [Float.nan, .infinity, 2] {
            await #expect(throws: EvaluationError.invalidEmbedding(row: 1)) {
                try await ImpostorCalibration(
                    embeddings: [1, 0, bad, 1, -1, 0], dimension: 2, labels: ["a", "a", "b"])
            }
        }
    }

    @Test func stopsWhenCancelled() async {
        let faces = People(seed: 2, count: 200, people: 20, dimension: 4)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ImpostorCalibration(
                embeddings: faces.embeddings, dimension: 4, labels: faces.labels)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func ordersBitsAsNumbers() {
        let numbers: [Float] = [
            -1, -0.5, -1e-30, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 0.3, Float(0.3).nextUp, 1,
        ]
        let keys = numbers.map(SimilarityCounts.key)
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
        #expect(keys.map(SimilarityCounts.similarity) == numbers)
    }
}
