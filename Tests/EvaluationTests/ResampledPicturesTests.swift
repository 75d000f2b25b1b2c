import Faces
import Foundation
import Testing

@testable import Evaluation

@Suite struct ResampledPicturesTests {
    /// Returns pictures of people on a circle: `spread` degrees between those of a person, `apart` between people.
    private func pictures(people: Int, each: Int, apart: Double, spread: Double) throws -> [PairSample
        .Picture]
    {
        let model = ModelIdentity(name: "made", contract: "0123456789ab/1")
        let values: [Float] = Array(repeating: 0, count: ContextVector.names.count)
        let context = try #require(ContextVector(values: values))
        var pictures: [PairSample.Picture] = []
        for person in 0..<people {
            for number in 0..<each {
                let angle = (Double(person) * apart + Double(number) * spread) * .pi / 180
                let embedding = try Embedding(
                    normalizing: [Float(cos(angle)), Float(sin(angle))], model: model)
                pictures.append(
                    PairSample.Picture(
                        person: "\(person)", source: pictures.count, kind: 0,
                        face: EmbeddedFace(embedding: embedding, context: context)))
            }
        }
        return pictures
    }

    @Test func everySideHasAsManyPairsOfEachKind() throws {
        // Three pictures of each of twenty people: 60 mated pairs, 6 of them in a fold of two people.
        let pictures = try pictures(people: 20, each: 3, apart: 17, spread: 1)
        let folds = try ResampledVerification(
            pictures, division: .folds(10), pairs: 1000, seeds: [1, 2])
        #expect(folds.runs.count == 20)
        for run in folds.runs {
            #expect(run.counts.truePositives + run.counts.falseNegatives == 6)
            #expect(run.counts.trueNegatives + run.counts.falsePositives == 6)
        }
        let independent = try ResampledVerification(
            pictures, division: .independentSet(testShare: 0.2), pairs: 5, seeds: [1])
        #expect(independent.runs[0].counts.total == 10, "five of each kind at most")
        let consistent = try ResampledVerification(pictures, division: .selfConsistency, pairs: 1000)
        #expect(consistent.runs[0].counts.total == 120)
    }

    @Test func peopleFarApartAreDecidedRightly() throws {
        let pictures = try pictures(people: 10, each: 4, apart: 36, spread: 1)
        for division in [
            ResamplingProtocol.selfConsistency, .independentSet(testShare: 0.2), .folds(5),
        ] {
            let result = try ResampledVerification(
                pictures, division: division, pairs: 100, seeds: [1, 2, 3])
            #expect(result.accuracy.mean == 1 && result.areaUnderCurve.mean == 1)
            #expect(result.measures.map(\.name) == ["precision", "recall", "specificity", "f1"])
            #expect(
                result.measures.allSatisfy { $0.summary.mean == 1 && $0.summary.standardDeviation == 0 })
            // No mated similarity is below cos 3°, no impostor similarity above cos 33°.
            for run in result.runs {
                #expect(run.threshold > Float(cos(33 * Double.pi / 180)) && run.threshold < 1)
            }
        }
    }

    @Test func theSameSeedGivesTheSame() throws {
        let pictures = try pictures(people: 12, each: 4, apart: 5, spread: 3)
        let first = try ResampledVerification(pictures, division: .folds(3), pairs: 10, seeds: [7])
        #expect(
            try ResampledVerification(pictures, division: .folds(3), pairs: 10, seeds: [7]) == first)
        #expect(
            try ResampledVerification(pictures, division: .folds(3), pairs: 10, seeds: [8]) != first)
    }

    @Test func refusesWhatCannotBeDivided() throws {
        let single = try pictures(people: 10, each: 1, apart: 36, spread: 0)
        #expect(throws: EvaluationError.noMatedPairs) {
            try ResampledVerification(single, division: .selfConsistency, pairs: 10)
        }
        let few = try pictures(people: 3, each: 2, apart: 90, spread: 1)
        #expect(throws: EvaluationError.tooFewSamples(needed: 10)) {
            try ResampledVerification(few, division: .folds(10), pairs: 10)
        }
        // A single person has no impostor pair.
        #expect(throws: EvaluationError.noImpostorPairs) {
            try ResampledVerification(few, division: .folds(3), pairs: 10)
        }
    }
}
