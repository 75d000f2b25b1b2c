import Faces
import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite struct AdaptiveThresholdsTests {
    /// Returns pictures of synthetic people: a direction for each, with noise.
    ///
    /// Small faces share a blur, so that two of them are more similar, even of different people. A share of the
    /// pictures has a wrong label.
    static func pictures(
        people: Int, each: Int = 3, small: Int = 2, seed: UInt64, mislabelled: Double = 0, children: Int = 0
    ) throws -> [PairSample.Picture] {
        var random = SplitMix64(state: seed)
        func normal() -> Float { Float(NormalDistribution.quantile(Double.random(in: 1e-9..<1, using: &random))) }
        func direction() -> [Float] { (0..<24).map { _ in normal() } }
        let model = ModelIdentity(name: "m", contract: "1"), smear: [Float] = (0..<24).map { $0 % 2 == 0 ? 2 : -1.4 }
        func face(_ base: [Float], smeared: Bool, size: Float, child: Float?) throws -> EmbeddedFace {
            let values = zip(base, smear).map { (value: Float, smear: Float) -> Float in
                value + 0.4 * normal() + (smeared ? smear * 0.6 : 0)
            }
            var context = try #require(ContextVector(values: [0, 0, 0, 0.5, 0.2, 0, 0, 0, 20, size, 0.9, 0]))
            context.childProbability = child
            return EmbeddedFace(embedding: try Embedding(normalizing: values, model: model), context: context)
        }
        var pictures: [PairSample.Picture] = []
        for person in 0..<people {
            let base = direction()
            for picture in 0..<each {
                let own = Double.random(in: 0..<1, using: &random) < mislabelled ? direction() : base
                for kind in 0..<(picture < small ? 2 : 1) {
                    pictures.append(
                        PairSample.Picture(
                            person: "\(seed)/\(person)", source: person * each + picture, kind: kind,
                            face: try face(own, smeared: kind == 1, size: kind == 1 ? 22 : 120, child: nil)))
                }
            }
        }
        for child in 0..<children {
            pictures.append(
                PairSample.Picture(
                    person: "\(seed)/child \(child)", source: people * each + child, kind: -1,
                    face: try face(direction(), smeared: true, size: 120, child: 1)))
        }
        return pictures
    }

    /// Returns the single threshold of plain faces.
    static func one(_ sample: TraitSample, rates: [Double] = [1e-1, 1e-2, 1e-3]) -> MatchCalibration {
        let plain = (sample.cells.first?.impostors ?? []).map(\.similarity).sorted(by: >)
        return MatchCalibration(
            points: rates.map {
                .init(
                    falseMatchRate: $0, threshold: plain[Int($0 * Double(plain.count))].nextUp, falseNonMatchRate: 0)
            }, data: "", people: 1, pictures: 1, impostorPairs: plain.count, peoplePairs: plain.count, matedPairs: 1,
            conditions: "", remark: "", command: "")
    }

    @Test func theRateHoldsInEachCellForOtherPeople() throws {
        let learned = try TraitSample(
            Self.pictures(people: 500, seed: 1, children: 300), impostors: 120_000, mated: 3000)
        let tested = try TraitSample(
            Self.pictures(people: 500, seed: 2, children: 300), impostors: 120_000, mated: 3000)
        let one = Self.one(learned)
        let thresholds = AdaptiveThresholds(fitting: learned, beside: one, data: "drawn")
        #expect(
            thresholds.cells.map(\.name).contains("bothSmall") && thresholds.cells.map(\.name).contains("bothChildren"))
        let comparison = try DecisionComparison(learned: learned, tested: tested, thresholds: thresholds, one: one)
        #expect(!comparison.cells.isEmpty && comparison.missed.count == 2)
        for cell in comparison.cells where cell.expected >= 30 {
            // A stricter threshold is taken unchanged, so a cell may err to that side.
            #expect((0.4...1.6).contains(cell.ratio), "\(cell.name) at \(cell.statedRate): \(cell.ratio)")
        }
        let small = try #require(comparison.cells.first { $0.name.hasPrefix("bothSmall") && $0.statedRate == 1e-2 })
        #expect(small.oneRatio > 3, "one threshold lets too many through")
        for entry in comparison.missed { #expect(entry.byCondition <= entry.one) }
    }

    @Test func thresholdsRiseAndEndWhereThePeopleSupportNoMore() throws {
        let sample = try TraitSample(Self.pictures(people: 120, seed: 3), impostors: 50_000, mated: 1000)
        let thresholds = AdaptiveThresholds(fitting: sample, beside: Self.one(sample), data: "")
        for cell in thresholds.cells {
            #expect(zip(cell.points, cell.points.dropFirst()).allSatisfy { $0.threshold <= $1.threshold })
            let lowest = try #require(cell.lowestMeasuredRate)
            #expect(Double(cell.peoplePairs) * lowest >= 29.99)
        }
        // 120 people are 7,140 pairs: 1e-3 would rest on seven of them.
        let small = try #require(thresholds.cells.first { $0.name == "bothSmall" })
        #expect(small.lowestMeasuredRate == 1e-2 && small.points.map(\.falseMatchRate) == [1e-1, 1e-2, 1e-3])
        // At a rate that was not measured, the distance above the single threshold stays the same.
        let above = zip(small.points, Self.one(sample).points).map { $0.threshold - $1.threshold }
        #expect(abs(above[2] - max(above[1], 0)) < 1e-6)
    }

    @Test func thinCellsMoveTowardsTheOneThreshold() {
        // Three cells that differ little, and one that is hardly known.
        let tails = [(0.0, 1e-6), (0.01, 1e-6), (-0.01, 1e-6), (0.2, 0.05)].map {
            CellTail(difference: $0.0, variance: $0.1)
        }
        let between = CellTail.varianceBetween(tails)
        let moved = tails.map { $0.difference * between / (between + $0.variance) }
        #expect(abs(moved[1] - 0.01) < 0.001 && moved[3] < 0.02)
        #expect(CellTail.varianceBetween([tails[0]]) == 0)
    }

    @Test func pictureCopiesAreNotCompared() throws {
        let sample = try TraitSample(Self.pictures(people: 20, seed: 4), impostors: 10_000, mated: 10_000)
        let plain = try #require(sample.cells.first)
        #expect(plain.kind == nil && plain.mated.count == 20 * 3 && plain.impostors.count == 60 * 59 / 2 - 60)
        let small = try #require(sample.cells.first { $0.isShared })
        #expect(small.mated.count == 20 && small.low == 20 && small.high == 24)
        // A small picture against a plain one: the photograph that it was made from is left out.
        let mixed = try #require(sample.cells.first { $0.kind == .small && !$0.isShared })
        #expect(mixed.mated.count == 20 * 2 * 2 && mixed.impostors.count == 40 * 60 - 40 * 3)
        #expect(throws: EvaluationError.noImpostorPairs) { try TraitSample([], impostors: 10, mated: 10) }
    }

    @Test func wrongLabelsAreFoundAndProbabilitiesRise() throws {
        let sample = try TraitSample(
            Self.pictures(people: 600, seed: 5, mislabelled: 0.05, children: 200), impostors: 30_000, mated: 4000)
        let one = Self.one(sample)
        let thresholds = AdaptiveThresholds(fitting: sample, beside: one, data: "")
        let fit = try ProbabilityCalibration.fit(sample, thresholds: thresholds, one: one)
        // Either picture of a pair may have a wrong label, so there are about twice as many wrong comparisons as wrong
        // pictures.
        #expect((0.05...0.15).contains(fit.mislabelled), "\(fit.mislabelled)")
        for cell in sample.cells {
            let conditions = sample.conditions(of: try #require(cell.impostors.first))
            let said = try stride(from: Float(-1), through: 1, by: 0.05).map {
                try fit.calibration.probability(similarity: $0, conditions: conditions)
            }
            #expect(zip(said, said.dropFirst()).allSatisfy { $0 <= $1 } && said.allSatisfy { $0 > 0 && $0 < 1 })
        }
        // The same similarity is weaker evidence for two small faces, and for two children.
        let plain = sample.conditions(of: try #require(sample.cells.first?.impostors.first))
        for kind in [PairTrait.Kind.small, .child] {
            let shared = sample.conditions(
                of: try #require(sample.cells.first { $0.kind == kind && $0.isShared }?.impostors.first))
            let usual = try fit.calibration.probability(similarity: 0.55, conditions: plain)
            #expect(try fit.calibration.probability(similarity: 0.55, conditions: shared) < usual)
        }
        let read = try JSONDecoder().decode(ProbabilityCalibration.self, from: JSONEncoder().encode(fit.calibration))
        #expect(read == fit.calibration && read.method == "byCondition")
    }
}
