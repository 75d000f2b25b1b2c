import LikenessSupport

/// A protocol of dividing data into training and test sets: one of the three of FFSSA-GAN (Ghani et al., 2024).
public enum ResamplingProtocol: Codable, Hashable, Sendable {
    /// Training and testing on the same data: an upper bound, without evidence of generalization.
    case selfConsistency
    /// A share is held out for a single test; FFSSA-GAN (Ghani et al., 2024) holds out 0.2.
    case independentSet(testShare: Double)
    /// Everything is tested once, by training on the other folds.
    case folds(Int)

    /// One division.
    public struct Split: Codable, Hashable, Sendable {
        /// The indices of the training samples, in increasing order.
        public let training: [Int]
        /// The indices of the test samples, in increasing order.
        public let test: [Int]
    }

    /// Returns divisions that keep the shares of each label, as a classifier of these labels needs: every person is in
    /// the training set.
    ///
    /// - Parameters:
    ///   - labels: The label of each sample.
    ///   - seed: The seed of the division.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` for a share that is not between 0 and 1,
    ///   ``EvaluationError/tooFewSamples(needed:)`` if a part would be empty.
    public func stratified(labels: [String], seed: UInt64) throws(EvaluationError) -> [Split] {
        var random = SplitMix64(state: seed), places: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() { places[label, default: []].append(index) }
        // Samples are assigned in turn over all labels, so that parts differ by at most one sample.
        let order = places.keys.sorted().shuffled(using: &random)
            .flatMap { (places[$0] ?? []).shuffled(using: &random) }
        switch self {
        case .independentSet(let share):
            guard share > 0, share < 1 else { throw .invalidRate(share) }
            // A sample is in the test set if the running share passes a whole number.
            let test = order.indices.filter { Int(Double($0 + 1) * share) > Int(Double($0) * share) }.map { order[$0] }
            return [try split(test: Set(test), of: labels.count)]
        case .selfConsistency, .folds:
            return try splits(order.map { [$0] }, count: labels.count)
        }
    }

    /// Returns divisions with disjoint people, as verification needs: the people in the test set are not in the
    /// training set.
    ///
    /// - Throws: The errors of ``stratified(labels:seed:)``.
    public func subjectDisjoint(labels: [String], seed: UInt64) throws(EvaluationError) -> [Split] {
        var random = SplitMix64(state: seed), places: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() { places[label, default: []].append(index) }
        return try splits(
            places.keys.sorted().shuffled(using: &random).map { places[$0] ?? [] }, count: labels.count)
    }

    /// Returns divisions that keep the samples of each unit together.
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
            precondition(folds > 1, "at least two folds are needed")
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
