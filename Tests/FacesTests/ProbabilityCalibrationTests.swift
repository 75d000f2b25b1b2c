import Faces
import Foundation
import Testing

@Suite("The probabilities in a card")
struct ProbabilityCalibrationTests {
    private func calibration(_ map: String, rest: String = "") throws -> ProbabilityCalibration {
        let counts = #""trainingPrior": 0.5, "matedPairs": 100, "impostorPairs": 900"#
        return try JSONDecoder().decode(
            ProbabilityCalibration.self, from: Data(#"{"map": \#(map), \#(rest.isEmpty ? counts : rest)}"#.utf8))
    }

    @Test("Every map is encoded and decoded again")
    func roundTrip() throws {
        let features = ConditionFeatures(fitting: [])
        let numbers = [Double](repeating: 0.5, count: features.names.count)
        let maps: [ProbabilityCalibration.Map] = [
            .platt(slope: 20, intercept: -6), .beta(a: 3, b: 1, c: 0.5),
            .isotonic(similarities: [-1, 0.3, 1], probabilities: [0, 0.5, 1]),
            .contextual(intercept: 1, slope: 2, weights: numbers, interactions: numbers, features: features),
        ]
        for map in maps {
            let before = ProbabilityCalibration(map: map, trainingPrior: 0.5, matedPairs: 100, impostorPairs: 900)
            let after = try JSONDecoder().decode(ProbabilityCalibration.self, from: JSONEncoder().encode(before))
            #expect(after == before)
        }
    }

    @Test(
        "Lists that can't be looked up are refused",
        arguments: [
            #"{"isotonic": {"similarities": [], "probabilities": []}}"#,
            #"{"isotonic": {"similarities": [0, 1], "probabilities": [0]}}"#,
            #"{"isotonic": {"similarities": [1, 0], "probabilities": [0, 1]}}"#,
            #"{"isotonic": {"similarities": [0, 1], "probabilities": [0, 2]}}"#,
            #"{"contextual": {"intercept": 0, "slope": 1, "weights": [], "interactions": [], "features": {"names": ["yaw"], "scales": [{"mean": 0, "deviation": 1, "low": 0, "high": 1}]}}}"#,
        ])
    func lists(map: String) {
        let error = #expect(throws: DecodingError.self) { try calibration(map) }
        #expect(error.map { "\($0)" }?.contains("map") == true)
    }

    @Test(
        "Priors and counts that can't be are refused with their field",
        arguments: [
            (#""trainingPrior": 0, "matedPairs": 1, "impostorPairs": 1"#, "trainingPrior"),
            (#""trainingPrior": 1, "matedPairs": 1, "impostorPairs": 1"#, "trainingPrior"),
            (#""trainingPrior": 0.5, "matedPairs": -1, "impostorPairs": 1"#, "matedPairs"),
            (#""trainingPrior": 0.5, "matedPairs": 1, "impostorPairs": -9223372036854775808"#, "impostorPairs"),
        ])
    func counts(rest: String, name: String) {
        let error = #expect(throws: DecodingError.self) {
            try calibration(#"{"platt": {"slope": 1, "intercept": 0}}"#, rest: rest)
        }
        #expect(error.map { "\($0)" }?.contains(name) == true)
    }
}
