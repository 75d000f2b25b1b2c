import LikenessSupport

/// Draws people with replacement, and returns the resulting weight of each observation.
///
/// An observation of one person is weighted by the number of times that the person was drawn, one of two people by the
/// product of the two numbers (Owen, *The pigeonhole bootstrap*, 2007). Any statistic of weighted observations then has
/// an interval that accounts for shared people.
public struct SubjectResampling: Sendable {
    /// The two people of each observation; equal for an observation of one person.
    private let observations: [(Int, Int)]
    private var random: SplitMix64
    /// The number of people.
    public let people: Int

    /// Creates a resampling of comparisons.
    ///
    /// - Parameters:
    ///   - comparisons: The comparisons.
    ///   - seed: The seed of the random numbers.
    /// - Throws: ``EvaluationError/noPeople`` if a comparison does not name its people.
    public init(_ comparisons: [Comparison], seed: UInt64 = 1) throws(EvaluationError) {
        var numbers = Numbering()
        var pairs: [(Int, Int)] = []
        pairs.reserveCapacity(comparisons.count)
        for comparison in comparisons {
            guard let a = comparison.personA, let b = comparison.personB else { throw .noPeople }
            pairs.append((numbers[a], numbers[b]))
        }
        self.init(pairs, people: numbers.count, seed: seed)
    }

    /// Creates a resampling of observations of one person each, such as searches in a fixed gallery.
    public init(subjects: [String], seed: UInt64 = 1) {
        var numbers = Numbering()
        let observations = subjects.map { subject in
            let number = numbers[subject]
            return (number, number)
        }
        self.init(observations, people: numbers.count, seed: seed)
    }

    private init(_ observations: [(Int, Int)], people: Int, seed: UInt64) {
        self.observations = observations
        self.people = people
        random = SplitMix64(state: seed)
    }

    /// Returns the weight of each observation in the next round.
    public mutating func weights() -> [Int] {
        var drawn = Array(repeating: 0, count: people)
        for _ in 0..<people { drawn[Int.random(in: 0..<people, using: &random)] += 1 }
        return observations.map { a, b in a == b ? drawn[a] : drawn[a] * drawn[b] }
    }

    /// Returns the values of a statistic, one for each round.
    ///
    /// Rounds in which it is undefined are left out.
    ///
    /// - Parameters:
    ///   - rounds: The number of rounds.
    ///   - statistic: Computes the statistic from the weights of the observations.
    public mutating func values(rounds: Int, of statistic: ([Int]) -> Double?) -> [Double] {
        precondition(rounds > 0, "at least one round is needed")
        var values: [Double] = []
        for _ in 0..<rounds {
            if let value = statistic(weights()) { values.append(value) }
        }
        return values
    }

    /// Returns the percentile interval of a statistic.
    ///
    /// - Parameters:
    ///   - rounds: The number of bootstrap rounds.
    ///   - level: The coverage.
    ///   - statistic: Computes the statistic from the weights of the observations.
    /// - Returns: The interval; `nil` if no round has a value.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level is not between 0 and 1.
    public mutating func interval(
        rounds: Int = 2000, level: Double = BinomialInterval.usualLevel, of statistic: ([Int]) -> Double?
    ) throws(EvaluationError) -> SubjectBootstrap.Interval? {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let values = values(rounds: rounds, of: statistic)
        return values.isEmpty ? nil : SubjectBootstrap.Interval(values, level: level)
    }
}

/// Numbers names in order of first occurrence.
private struct Numbering {
    private var numbers: [String: Int] = [:]

    var count: Int { numbers.count }

    subscript(name: String) -> Int {
        mutating get {
            if let number = numbers[name] { return number }
            numbers[name] = numbers.count
            return numbers.count - 1
        }
    }
}
