import LikenessSupport

/// Draws people with replacement, and says how often each observation then counts.
///
/// An observation of one person counts as often as the person was drawn, one of two people as often as the first was
/// drawn times the second (Owen, *The pigeonhole bootstrap*, 2007). Any statistic that can be taken of weighted
/// observations gets an interval that knows that observations share people.
public struct SubjectResampling: Sendable {
    /// The people of each observation; one of a single person has the same twice.
    private let observations: [(Int, Int)]
    private var random: SplitMix64
    /// How many people there are.
    public let people: Int

    /// Of comparisons.
    ///
    /// - Parameter seed: Equal seeds draw alike.
    /// - Throws: ``EvaluationError/noPeople`` if a comparison does not say who is in it.
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

    /// Of observations of one person each, such as searches of a gallery that stays as it is.
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

    /// Returns how often each observation counts in the next round.
    public mutating func weights() -> [Int] {
        var drawn = Array(repeating: 0, count: people)
        for _ in 0..<people { drawn[Int.random(in: 0..<people, using: &random)] += 1 }
        return observations.map { a, b in a == b ? drawn[a] : drawn[a] * drawn[b] }
    }

    /// Returns the values of a statistic, one for each round; a round in which it has none is left out.
    ///
    /// - Parameters:
    ///   - rounds: How often to draw.
    ///   - statistic: The statistic where each observation counts as often as its weight says.
    public mutating func values(rounds: Int, of statistic: ([Int]) -> Double?) -> [Double] {
        precondition(rounds > 0, "a round or more")
        var values: [Double] = []
        for _ in 0..<rounds {
            if let value = statistic(weights()) { values.append(value) }
        }
        return values
    }

    /// Returns the interval of a statistic: the middle of its rounds (percentiles).
    ///
    /// - Parameter level: The coverage.
    /// - Returns: `nil` if no round has a value.
    /// - Throws: ``EvaluationError/invalidRate(_:)`` if the level does not lie between 0 and 1.
    public mutating func interval(
        rounds: Int = 2000, level: Double = BinomialInterval.usualLevel, of statistic: ([Int]) -> Double?
    ) throws(EvaluationError) -> SubjectBootstrap.Interval? {
        guard level > 0, level < 1 else { throw .invalidRate(level) }
        let values = values(rounds: rounds, of: statistic)
        return values.isEmpty ? nil : SubjectBootstrap.Interval(values, level: level)
    }
}

/// Numbers for names, by their first place.
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
