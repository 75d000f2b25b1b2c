/// Identification of enrolled people: rank-k rates and the cumulative match characteristic (CMC).
///
/// ISO/IEC 19795-1; Bolle et al., *The relation between the ROC curve and the CMC*, 2005.
public struct ClosedSetIdentification: Codable, Hashable, Sendable {
    /// The number of searches.
    public let searches: Int
    /// The number of enrolled people.
    public let enrolledPeople: Int
    /// For rank 1, 2, …: the share of searches that find the subject among that many people.
    ///
    /// Searches with a failed probe never find the subject.
    public let cumulativeMatches: [ObservedRate]
    /// The interval of the rank-1 rate by resampling people, with a fixed gallery.
    public let rankOneInterval: SubjectBootstrap.Interval?
    /// The coverage of the intervals.
    public let level: Double

    /// Counts searches.
    ///
    /// - Parameters:
    ///   - searches: Searches for enrolled people only.
    ///   - enrolledPeople: The number of people in the gallery.
    ///   - ranks: The number of ranks to report, at most all.
    ///   - bootstrapRounds: The number of bootstrap rounds; 0 leaves ``rankOneInterval`` out.
    ///   - seed: The seed of the random numbers.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/notEnrolled(_:)`` if a subject is not enrolled, ``EvaluationError/noMatedSearches``
    ///   if there is no search.
    public init(
        _ searches: [IdentificationSearch], enrolledPeople: Int, ranks: Int = 50, bootstrapRounds: Int = 0,
        seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(ranks > 0 && enrolledPeople > 0, "at least one rank and one person are needed")
        guard !searches.isEmpty else { throw .noMatedSearches }
        for search in searches where !search.isMated { throw .notEnrolled(search.subject) }
        var found = Array(repeating: 0, count: min(ranks, enrolledPeople))
        for search in searches {
            if let rank = search.rank, rank <= found.count { found[rank - 1] += 1 }
        }
        var total = 0, rates: [ObservedRate] = []
        for count in found {
            total += count
            rates.append(try ObservedRate(total, of: searches.count, level: level))
        }
        self.searches = searches.count
        self.enrolledPeople = enrolledPeople
        self.level = level
        cumulativeMatches = rates
        guard bootstrapRounds > 0 else {
            rankOneInterval = nil
            return
        }
        var resampling = SubjectResampling(subjects: searches.map(\.subject), seed: seed)
        rankOneInterval = try resampling.interval(rounds: bootstrapRounds, level: level) { weights in
            let all = weights.reduce(0, +)
            guard all > 0 else { return nil }
            let first = zip(searches, weights).reduce(0) { $0 + ($1.0.rank == 1 ? $1.1 : 0) }
            return Double(first) / Double(all)
        }
    }

    /// Returns the share of searches that find the subject among the first `rank` people; `nil` beyond the reported
    /// ranks.
    public func rate(rank: Int) -> ObservedRate? {
        cumulativeMatches.indices.contains(rank - 1) ? cumulativeMatches[rank - 1] : nil
    }
}
