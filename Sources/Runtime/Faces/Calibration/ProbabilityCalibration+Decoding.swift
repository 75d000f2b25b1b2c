extension ProbabilityCalibration {
    private enum Field: String, CodingKey { case map, trainingPrior, matedPairs, impostorPairs }

    /// Creates a calibration from a card, and checks that it can be applied, because it contains list indices.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        func expect(_ holds: Bool, _ field: Field, _ message: String) throws {
            guard holds else {
                throw DecodingError.dataCorruptedError(forKey: field, in: fields, debugDescription: message)
            }
        }
        self.init(
            map: try fields.decode(Map.self, forKey: .map),
            trainingPrior: try fields.decode(Double.self, forKey: .trainingPrior),
            matedPairs: try fields.decode(Int.self, forKey: .matedPairs),
            impostorPairs: try fields.decode(Int.self, forKey: .impostorPairs))
        try expect(trainingPrior > 0 && trainingPrior < 1, .trainingPrior, "a prior must be between 0 and 1")
        try expect(matedPairs >= 0, .matedPairs, "a number of comparisons must be 0 or more")
        try expect(impostorPairs >= 0, .impostorPairs, "a number of comparisons must be 0 or more")
        if let fault = map.fault { try expect(false, .map, fault) }
    }
}

extension ProbabilityCalibration.Map {
    /// The reason why the map can't be applied; `nil` if it can.
    fileprivate var fault: String? {
        switch self {
        case .platt, .beta:
            return nil
        case .isotonic(let similarities, let probabilities):
            guard !similarities.isEmpty, similarities.count == probabilities.count else {
                return "isotonic: there must be as many similarities as probabilities, and at least one"
            }
            guard zip(similarities, similarities.dropFirst()).allSatisfy(<) else {
                return "isotonic: similarities must increase"
            }
            guard probabilities.allSatisfy((0...1).contains) else { return "isotonic: probabilities must be in 0...1" }
            return nil
        case .contextual(_, _, let weights, let interactions, let features):
            let count = features.scales.count
            guard features.names.count == count, weights.count == count, interactions.count == count else {
                return "contextual: there must be as many weights, interactions and scales as names of features"
            }
            return nil
        case .byCondition(let plain, let cells):
            guard ([plain] + cells).allSatisfy({ $0.a >= 0 && $0.b >= 0 && $0.c.isFinite }) else {
                return "byCondition: curves must not decrease: neither a nor b may be below 0"
            }
            guard cells.allSatisfy({ $0.kind != nil && $0.low <= $0.high }) else {
                return "byCondition: every cell needs a trait and a range of strengths in increasing order"
            }
            return nil
        }
    }
}
