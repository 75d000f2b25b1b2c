import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct IdentificationTests {
    private let people = ["ada", "bob", "cyd"]

    private func search(_ subject: String, _ similarities: [Float]) -> IdentificationSearch {
        IdentificationSearch(subject: subject, similarities: similarities, people: people)
    }

    // MARK: One search

    @Test func ranksAmongPeople() {
        let second = search("bob", [0.75, 0.5, 0.25])
        #expect(second.isMated && second.rank == 2 && second.mate == 0.5)
        #expect(second.highestOther == 0.75 && second.nearestOther == "ada" && second.highest == 0.75)
        let stranger = search("eve", [0.75, 0.5, 0.25])
        #expect(!stranger.isMated && stranger.rank == nil && stranger.mate == nil && stranger.nearestOther == "ada")
    }

    @Test func tiesCountAgainstTheSubject() {
        #expect(search("ada", [0.5, 0.5, 0.5]).rank == 3)
        #expect(search("cyd", [0.5, 0.25, 0.5]).rank == 2)
    }

    // MARK: Closed set

    @Test func closedSetKnowsTheCMC() throws {
        let closed = try ClosedSetIdentification(
            [
                search("ada", [0.9, 0.1, 0.2]), search("bob", [0.9, 0.1, 0.2]), search("cyd", [0.9, 0.1, 0.2]),
                IdentificationSearch(failed: "ada", isMated: true),
            ], enrolledPeople: 3)
        // Ranks 1, 3, 2, and none.
        #expect(closed.cumulativeMatches.map(\.count) == [1, 2, 3])
        #expect(closed.rate(rank: 1)?.value == 0.25 && closed.rate(rank: 3)?.value == 0.75)
        #expect(closed.rate(rank: 0) == nil && closed.rate(rank: 4) == nil)
    }

    @Test func closedSetRefusesStrangers() {
        #expect(throws: EvaluationError.notEnrolled("eve")) {
            try ClosedSetIdentification([search("eve", [0, 0, 0])], enrolledPeople: 3)
        }
        #expect(throws: EvaluationError.noMatedSearches) { try ClosedSetIdentification([], enrolledPeople: 3) }
    }

    @Test func theCMCRisesAndEndsAtWhatIsFound() throws {
        var random = SplitMix64(state: 5)
        let searches = (0..<200).map { _ in
            search(
                people[Int.random(in: 0..<3, using: &random)], (0..<3).map { _ in .random(in: -1...1, using: &random) })
        }
        let closed = try ClosedSetIdentification(searches, enrolledPeople: 3, bootstrapRounds: 200)
        #expect(zip(closed.cumulativeMatches, closed.cumulativeMatches.dropFirst()).allSatisfy { $0.value <= $1.value })
        #expect(closed.cumulativeMatches.last?.value == 1)
        // Three people, of whom nothing is known: a third each.
        let first = try #require(closed.rate(rank: 1)), drawn = try #require(closed.rankOneInterval)
        #expect(first.low < 1 / 3.0 && 1 / 3.0 < first.high && drawn.low <= first.value && first.value <= drawn.high)
    }

    // MARK: Open set

    /// Returns ten strangers with similarities 0, 0.1, … 0.9, and four mated searches.
    private func open() throws -> OpenSetIdentification {
        let strangers = (0..<10).map { search("stranger \($0)", [Float($0) / 10, -0.5, -0.5]) }
        return try OpenSetIdentification(
            strangers + [
                search("ada", [0.95, 0, 0]), search("ada", [0.85, 0, 0]), search("bob", [0.99, 0.96, 0]),
                search("cyd", [0, 0, 0.05]),
            ], enrolledPeople: 3)
    }

    @Test func openSetKnowsFNIRAtFPIR() throws {
        let open = try open()
        // One of ten strangers may be returned: the threshold is just above 0.8.
        let point = try open.point(threshold: Float(0.8).nextUp)
        #expect(point.falsePositiveIdentificationRate.count == 1 && point.falsePositiveIdentificationRate.total == 10)
        // Ada is at rank 1 twice; Bob is similar enough but second; Cyd is not similar enough.
        #expect(point.falseNegativeIdentificationRate.count == 2)
        #expect(point.detectionAndIdentificationRate == 0.5)
        #expect(try open.point(threshold: Float(0.8).nextUp, rank: 2).falseNegativeIdentificationRate.count == 1)
        let stated = try open.point(falsePositiveIdentificationRate: 0.3)
        #expect(stated.threshold == Float(0.6).nextUp && stated.falsePositiveIdentificationRate.count == 3)
    }

    @Test func openSetRefusesWhatTheSearchesCannotSupport() throws {
        let error = EvaluationError.unsupportedIdentificationRate(0.003, searches: 10, needed: 1000)
        let open = try open()
        #expect(throws: error) { try open.point(falsePositiveIdentificationRate: 0.003) }
        #expect(error.description.contains("10 searches") && error.description.contains("1000"))
    }

    @Test func openSetNeedsBothKinds() {
        #expect(throws: EvaluationError.noNonMatedSearches) {
            try OpenSetIdentification([search("ada", [1, 0, 0])], enrolledPeople: 3)
        }
        #expect(throws: EvaluationError.noMatedSearches) {
            try OpenSetIdentification([search("eve", [1, 0, 0])], enrolledPeople: 3)
        }
    }

    @Test func failedProbesReturnNobody() throws {
        let open = try OpenSetIdentification(
            [
                search("ada", [0.9, 0, 0]), IdentificationSearch(failed: "ada", isMated: true),
                search("eve", [0.5, 0, 0]), IdentificationSearch(failed: "eve", isMated: false),
            ], enrolledPeople: 3)
        let everything = try open.point(threshold: -1)
        #expect(everything.falsePositiveIdentificationRate.value == 0.5)
        #expect(everything.falseNegativeIdentificationRate.value == 0.5)
    }

    @Test func theCurvePassesThroughThePoints() throws {
        let open = try open(), curve = open.curve()
        #expect(curve.map(\.falsePositive) == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
        for place in curve {
            let point = try open.point(threshold: place.threshold)
            #expect(point.falsePositiveIdentificationRate.value == place.falsePositive)
            #expect(isNear(point.falseNegativeIdentificationRate.value, place.falseNegative, within: 1e-15))
        }
    }

    // MARK: Searching

    @Test func searchesAsBruteForceDoes() async throws {
        var random = SplitMix64(state: 11)
        let dimension = 24
        func unit() -> [Float] {
            let values = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / length }
        }
        // More templates than a tile holds, with people in mixed order.
        let labels = (0..<700).map { _ in "p\(Int.random(in: 0..<90, using: &random))" }
        let templates = labels.indices.map { _ in unit() }
        let subjects = (0..<61).map { _ in "p\(Int.random(in: 0..<120, using: &random))" }
        let probes = subjects.map { _ in unit() }
        let gallery = try SearchedGallery(
            embeddings: templates.flatMap { $0 }, dimension: dimension, labels: labels)
        let found = try await gallery.search(probes: probes.flatMap { $0 }, subjects: subjects, workers: 3)
        for (index, probe) in probes.enumerated() {
            var best: [String: Float] = [:]
            for (label, template) in zip(labels, templates) {
                var sum: Float = 0
                for place in 0..<dimension { sum += probe[place] * template[place] }
                best[label] = max(best[label] ?? -1, min(max(sum, -1), 1))
            }
            let people = gallery.people
            #expect(Set(people) == Set(labels) && people.count == best.count)
            #expect(
                found[index]
                    == IdentificationSearch(
                        subject: subjects[index], similarities: people.map { best[$0] ?? -1 }, people: people))
        }
    }

    @Test func refusesWhatIsNoGallery() {
        #expect(throws: EvaluationError.emptyGallery) { try SearchedGallery(embeddings: [], dimension: 2, labels: []) }
        #expect(throws: EvaluationError.invalidEmbedding(row: 1)) {
            try SearchedGallery(embeddings: [1, 0, 1, 1], dimension: 2, labels: ["a", "b"])
        }
    }

    // MARK: Splits

    @Test func dealsPicturesIntoGalleryAndProbes() throws {
        var labels: [String?] = (0..<200).map { "p\($0 / 4)" }
        labels += (0..<30).map { "single\($0)" } + [nil]
        let split = try IdentificationSplit(
            labels: labels, picturesPerPerson: 2, strangers: 0.2, includesSmall: true, seed: 3)
        #expect(split.enrolled.count == 40 && split.strangers.count == 10 + 30)
        #expect(Set(split.enrolled).isDisjoint(with: split.strangers))
        #expect(Set(split.gallery).isDisjoint(with: split.probes))
        #expect(split.gallery.count == 80 && split.probes.count == 80 + 40 + 30)
        #expect(Set(split.gallery.compactMap { labels[$0] }) == Set(split.enrolled))
        #expect(!split.probes.contains(230))
        #expect(
            try split
                == IdentificationSplit(
                    labels: labels, picturesPerPerson: 2, strangers: 0.2, includesSmall: true, seed: 3))
        let closed = try IdentificationSplit(labels: labels, seed: 3)
        #expect(closed.strangers.isEmpty && closed.enrolled.count == 50 && closed.probes.count == 150)
    }

    @Test func needsSomebodyWithTwoPictures() {
        #expect(throws: EvaluationError.tooFewPictures(needed: 2)) {
            try IdentificationSplit(labels: ["a", "b", nil])
        }
    }
}
