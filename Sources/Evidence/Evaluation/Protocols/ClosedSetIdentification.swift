/// Identification of people who are all enrolled: rank-k rates and the cumulative match characteristic (ISO/IEC 19795-1;
/// Bolle et al., *The relation between the ROC curve and the CMC*, 2005).
public struct ClosedSetIdentification: Codable, Hashable, Sendable {
    /// How many searches.
    public let searches: Int
    /// How many people there are to be found.
    public let enrolledPeople: Int
    /// For rank 1, 2, …: the share of searches that find the subject among so many people. Searches whose probe failed
    /// never do.
    public let cumulativeMatches: [ObservedRate]
    /// The interval of the rank-1 rate by drawing people, the gallery fixed.
    public let rankOneInterval: SubjectBootstrap.Interval?
    /// The coverage of the intervals.
    public let level: Double

    /// - Parameters:
    ///   - searches: Searches for enrolled people only.
    ///   - enrolledPeople: How many people the gallery holds.
    ///   - ranks: How many ranks to report, at most all.
    ///   - bootstrapRounds: How often to draw people; 0 leaves ``rankOneInterval`` out.
    /// - Throws: ``EvaluationError/notEnrolled(_:)`` if a subject is not, ``EvaluationError/noMatedSearches`` if there
    ///   is no search.
    public init(
        _ searches: [IdentificationSearch], enrolledPeople: Int, ranks: Int = 50, bootstrapRounds: Int = 0,
        seed: UInt64 = 1, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(ranks > 0 && enrolledPeople > 0, "a rank and a person or more")
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

    /// Returns the share of searches that find the subject among the first `rank` people; `nil` beyond the ranks
    /// reported.
    public func rate(rank: Int) -> ObservedRate? {
        cumulativeMatches.indices.contains(rank - 1) ? cumulativeMatches[rank - 1] : nil
    }
}
