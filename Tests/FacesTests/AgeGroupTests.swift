import Foundation
import Testing

@testable import Faces

@Suite struct AgeGroupTests {
    private let plain = ContextVector(
        yaw: 5, pitch: -3, roll: 1, intensity: 0.5, contrast: 0.25, illuminationDifference: 0.125,
        underexposed: 0.0625, overexposed: 0.03125, sharpness: 20, size: 120, confidence: 0.875, maskProbability: 0.5)

    private func context(child: Float?) -> ContextVector {
        var context = plain
        context.childProbability = child
        return context
    }

    @Test func theProbabilityOfAChildStandsBesideTheTwelveNumbers() {
        #expect(plain.childProbability == nil)
        #expect(context(child: 0.75).values == plain.values && ContextVector.names.count == 12)
        #expect(ContextVector.version == 1, "networks pin the twelve numbers")
        #expect(ContextVector(values: context(child: 0.75).values)?.childProbability == .some(nil))
        #expect(context(child: 0.75) != plain)
        #expect(context(child: 0.75).mirrored.childProbability == 0.75)
    }

    @Test func numbersThatCannotHaveBeenMeasuredAreNamed() {
        #expect(plain.impossibleNumber == nil && context(child: 1).impossibleNumber == nil)
        for (place, name) in ContextVector.names.enumerated() {
            for wrong in [Float.nan, .infinity, -.infinity] {
                var values = plain.values
                values[place] = wrong
                #expect(ContextVector(values: values)?.impossibleNumber == name)
            }
        }
        for wrong in [-0.001, 1.001, .nan, .infinity] as [Float] {
            #expect(context(child: wrong).impossibleNumber == "childProbability")
            var unusable = plain
            unusable.quality = wrong
            #expect(unusable.impossibleNumber == "quality")
        }
    }

    @Test(arguments: [nil, 0, 0.75, 1] as [Float?]) func isWrittenAndReadBack(child: Float?) throws {
        let data = try JSONEncoder().encode(context(child: child))
        #expect(try JSONDecoder().decode(ContextVector.self, from: data) == context(child: child))
        #expect(String(decoding: data, as: UTF8.self).contains("childProbability") == (child != nil))
    }

    /// Stores and exports from before the child probability existed are read with an unknown one.
    @Test func anOlderContextIsOfUnknownAge() throws {
        let json = """
            {"yaw": 5, "pitch": -3, "roll": 1, "intensity": 0.5, "contrast": 0.25, "illuminationDifference": 0.125,
             "underexposed": 0.0625, "overexposed": 0.03125, "sharpness": 20, "size": 120, "confidence": 0.875,
             "maskProbability": 0.5}
            """
        #expect(try JSONDecoder().decode(ContextVector.self, from: Data(json.utf8)) == plain)
    }

    @Test func notEveryNumberIsFinite() {
        #expect(plain.isFinite && context(child: 1).isFinite)
        #expect(!context(child: .nan).isFinite && !context(child: .infinity).isFinite)
        var dark = plain
        dark.intensity = .nan
        #expect(!dark.isFinite)
    }

    @Test func twoAreChildrenAsFarAsTheLessLikelyOneIs() {
        let pairs: [(Float?, Float?, Double?)] = [
            (0.75, 0.25, 0.25), (1, 1, 1), (0, 1, 0), (nil, 1, nil), (0.5, nil, nil), (nil, nil, nil),
        ]
        for (a, b, expected) in pairs {
            let one = PairConditions(context(child: a), context(child: b))
            #expect(one.bothChildren == expected)
            #expect(one == PairConditions(context(child: b), context(child: a)))
            #expect(one.values == PairConditions(plain, plain).values)
        }
    }

    @Test func conditionsAreWrittenAndReadBack() throws {
        for conditions in [
            PairConditions(context(child: 0.75), context(child: 0.5)), PairConditions(plain, context(child: 0.5)),
        ] {
            let data = try JSONEncoder().encode(conditions)
            #expect(try JSONDecoder().decode(PairConditions.self, from: data) == conditions)
        }
    }
}
