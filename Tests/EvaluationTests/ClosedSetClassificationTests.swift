import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite("Closed-set classification") struct ClosedSetClassificationTests {
    private typealias Picture = ClosedSetClassification.Picture

    private func unit(_ degrees: Double) -> [Float] {
        [Float(cos(degrees * .pi / 180)), Float(sin(degrees * .pi / 180))]
    }

    /// Returns three people 120 degrees apart, each with pictures within ten degrees.
    private func people(each: Int) -> [Picture] {
        ["ada", "bob", "cyd"].enumerated().flatMap { number, person in
            (0..<each).map { index in
                let vector = unit(Double(number) * 120 + Double(index) / Double(each) * 20 - 10)
                return Picture(person: person, embedding: vector, tested: vector)
            }
        }
    }

    @Test func whoIsFarApartIsAlwaysRecognized() async throws {
        let result = try await ClosedSetClassification(people(each: 5), division: .share(0.8), seeds: [1, 2])
        #expect(result.people == ["ada", "bob", "cyd"] && result.pictures == 15 && result.leftOut == 0)
        for run in result.runs {
            // A fifth of five pictures of each person.
            #expect(run.decisions.count == 3 && Set(run.decisions.map(\.person)) == [0, 1, 2])
            #expect(run.classifier.accuracy.value == 1 && run.template.accuracy.value == 1)
            #expect(run.classifier.macro.areaUnderCurve == 1 && run.classifier.micro.falsePositiveRate == 0)
            #expect(run.mcNemar.exactP == 1 && run.ridges.count == 1)
        }
        #expect(result.difference.difference == 0 && result.confusions(by: .softmax).isEmpty)
        let measures = try result.measures(of: .softmax)
        #expect(measures.first?.name == "accuracy" && measures.allSatisfy { $0.summary.runs == 2 })
        // With three people, there is no rank 5.
        #expect(!measures.contains { $0.name == "top5" })
    }

    @Test func foldsTestEachPictureOnce() async throws {
        let result = try await ClosedSetClassification(people(each: 4), division: .folds(4))
        #expect(result.runs[0].decisions.map(\.picture).sorted() == Array(0..<12) && result.runs[0].ridges.count == 4)
        #expect(result.runs[0].classifier.accuracy.total == 12)
    }

    @Test func alteredCopiesAreTestedInThePicturesPlace() async throws {
        // Every copy looks like the next person; one has no face.
        var pictures = people(each: 5).enumerated().map { place, picture in
            Picture(
                person: picture.person, embedding: picture.embedding, tested: unit(Double(place / 5) * 120 + 120))
        }
        pictures[0] = Picture(person: "ada", embedding: pictures[0].embedding, tested: nil)
        let result = try await ClosedSetClassification(pictures, division: .folds(5), ridges: [1])
        let run = result.runs[0]
        #expect(run.classifier.accuracy.count == 0 && run.template.accuracy.count == 0)
        #expect(run.classifier.confusion.unanswered == [1, 0, 0])
        let expected: [ClosedSetClassification.Confusion] = [
            .init(person: "bob", takenFor: "cyd", count: 5, tested: 5),
            .init(person: "cyd", takenFor: "ada", count: 5, tested: 5),
            .init(person: "ada", takenFor: "bob", count: 4, tested: 5),
        ]
        #expect(result.confusions(by: .softmax) == expected)
        #expect(result.confusion(by: .nearestMean).counts == [[0, 4, 0], [0, 0, 5], [5, 0, 0]])
    }

    /// Only the weakest direction distinguishes the people: the means are misled by the others, but the classifier
    /// learns which one matters.
    @Test func theClassifierLearnsWhatTheMeanCannot() async throws {
        var random = SplitMix64(state: 9)
        var pictures: [Picture] = []
        for person in 0..<4 {
            for _ in 0..<60 {
                var values = (0..<8).map { _ in 2 * random.normal() }
                values[0] = person % 2 == 0 ? 0.6 : -0.6
                values[1] = person / 2 == 0 ? 0.6 : -0.6
                let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
                let vector = values.map { Float($0 / length) }
                pictures.append(Picture(person: "p\(person)", embedding: vector, tested: vector))
            }
        }
        let result = try await ClosedSetClassification(pictures, division: .share(0.8), seeds: [1, 2, 3])
        let classifier = try result.measures(of: .softmax)[0].summary.mean
        #expect(classifier > 0.9 && result.difference.difference > 0.1 && result.difference.interval.low > 0)
        #expect(result.difference.p < 0.05)
        #expect(abs(result.difference.second - classifier) < 1e-12)
    }

    @Test func equalSeedsGiveEqualRuns() async throws {
        let pictures = people(each: 6)
        let one = try await ClosedSetClassification(pictures, division: .share(0.5), seeds: [7], workers: 1)
        let two = try await ClosedSetClassification(pictures, division: .share(0.5), seeds: [7], workers: 2)
        let other = try await ClosedSetClassification(pictures, division: .share(0.5), seeds: [8])
        #expect(one == two)
        #expect(one.runs[0].decisions.map(\.picture) != other.runs[0].decisions.map(\.picture))
    }

    @Test func everybodyIsOnBothSides() {
        for share in [0.01, 0.5, 0.8, 0.99] {
            let labels = [0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
            let split = ClosedSetClassification.Division.split(labels, trainingShare: share, seed: 4)
            #expect(Set(split.training.map { labels[$0] }) == [0, 1, 2])
            #expect(Set(split.test.map { labels[$0] }) == [0, 1, 2])
            #expect((split.training + split.test).sorted() == Array(labels.indices))
        }
    }

    @Test func whoHasOnePictureIsLeftOut() async throws {
        let vector = unit(200)
        let pictures = people(each: 2) + [Picture(person: "dan", embedding: vector, tested: vector)]
        let result = try await ClosedSetClassification(pictures, division: .share(0.8))
        #expect(result.people == ["ada", "bob", "cyd"] && result.leftOut == 1)
        // With one training picture, there is none for validation: the strongest ridge is taken.
        #expect(result.runs[0].ridges == [1])
        await #expect(throws: EvaluationError.tooFewPictures(needed: 2)) {
            try await ClosedSetClassification(Array(pictures.suffix(3)), division: .share(0.8))
        }
        await #expect(throws: EvaluationError.tooFewSamples(needed: 7)) {
            try await ClosedSetClassification(pictures, division: .folds(7))
        }
    }
}
