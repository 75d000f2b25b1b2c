import LikenessSupport

/// How data are divided into what is learned from and what is measured on: paper A's three protocols.
public enum ResamplingProtocol: Codable, Hashable, Sendable {
    /// Learned from everything and measured on the same: an upper bound, and no evidence of how it does elsewhere.
    case selfConsistency
    /// A share is kept out and measured on once; paper A keeps 0.2.
    case independentSet(testShare: Double)
    /// Everything is measured on once, learned from the others.
    case folds(Int)

    /// One division.
    public struct Split: Codable, Hashable, Sendable {
        /// Places of the samples that are learned from, rising.
        public let training: [Int]
        /// Places of the samples that are measured on, rising.
        public let test: [Int]
    }

    /// Divisions in which each label keeps its shares, as a classifier of these labels needs: every person is learned.
    ///
    /// - Parameter seed: Another seed, another division.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` for a share that does not lie between 0 and 1,
    ///   ``EvaluationError/tooFewSamples(needed:)`` if a part would be empty.
    public func stratified(labels: [String], seed: UInt64) throws(EvaluationError) -> [Split] {
        var random = SplitMix64(state: seed), places: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() { places[label, default: []].append(index) }
        // Dealt one after the other over all labels, so that parts differ by at most one sample.
        let order = places.keys.sorted().shuffled(using: &random)
            .flatMap { (places[$0] ?? []).shuffled(using: &random) }
        switch self {
        case .independentSet(let share):
            guard share > 0, share < 1 else { throw .invalidRate(share) }
            // A sample is in the test where the running share passes a whole number.
            let test = order.indices.filter { Int(Double($0 + 1) * share) > Int(Double($0) * share) }.map { order[$0] }
            return [try split(test: Set(test), of: labels.count)]
        case .selfConsistency, .folds:
            return try splits(order.map { [$0] }, count: labels.count)
        }
    }

    /// Divisions in which nobody is on both sides, as verification needs: the people measured on are new.
    ///
    /// - Throws: As ``stratified(labels:seed:)`` does, for people.
    public func subjectDisjoint(labels: [String], seed: UInt64) throws(EvaluationError) -> [Split] {
        var random = SplitMix64(state: seed), places: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() { places[label, default: []].append(index) }
        return try splits(
            places.keys.sorted().shuffled(using: &random).map { places[$0] ?? [] }, count: labels.count)
    }

    /// Returns the divisions of units that stay together.
    private func splits(_ units: [[Int]], count: Int) throws(EvaluationError) -> [Split] {
        switch self {
        case .selfConsistency:
            guard count > 0 else { throw .tooFewSamples(needed: 1) }
            return [Split(training: Array(0..<count), test: Array(0..<count))]
        case .independentSet(let share):
            guard share > 0, share < 1 else { throw .invalidRate(share) }
            let kept = Int((Double(units.count) * share).rounded())
            return [try split(test: Set(units.prefix(kept).joined()), of: count)]
        case .folds(let folds):
            precondition(folds > 1, "two folds or more")
            guard units.count >= folds else { throw .tooFewSamples(needed: folds) }
            var splits: [Split] = []
            for fold in 0..<folds {
                let test = units.indices.filter { $0 % folds == fold }.flatMap { units[$0] }
                splits.append(try split(test: Set(test), of: count))
            }
            return splits
        }
    }

    private func split(test: Set<Int>, of count: Int) throws(EvaluationError) -> Split {
        guard !test.isEmpty, test.count < count else { throw .tooFewSamples(needed: count + 1) }
        return Split(training: (0..<count).filter { !test.contains($0) }, test: test.sorted())
    }
}
