import Foundation

/// The errors by group at one threshold for all groups, and their inequity.
///
/// Grother, Ngan and Hanaoka, *Face Recognition Vendor Test part 3: demographic effects*, NISTIR 8280, 2019; Grother,
/// *Demographic differentials in face recognition algorithms*, NISTIR 8429, 2022. The false match rate of a group is
/// that of its people compared with each other. Comparisons between groups count only in ``acrossGroups``. If the
/// labels have no identities, there are only impostor comparisons and no false non-match rate.
public struct GroupErrors: Codable, Hashable, Sendable {
    /// The size of a group.
    public struct Size: Codable, Hashable, Sendable {
        /// The number of people.
        ///
        /// Each picture of an unknown person counts as one.
        public let people: Int
        /// The number of pictures.
        public let pictures: Int
        /// The number of pictures without a face, which never match.
        public let failedPictures: Int
    }

    /// The errors of one group.
    public struct Group: Codable, Hashable, Sendable {
        /// The group's label.
        public let name: String
        /// The rate of impostor comparisons within the group that match; `nil` if there are none.
        public let falseMatchRate: ObservedRate?
        /// The rate of mated comparisons of the group that do not match; `nil` if there are none.
        public let falseNonMatchRate: ObservedRate?
        /// The numbers of people and pictures; `nil` if only comparisons are known.
        public let size: Size?
        /// The interval of ``falseMatchRate`` by resampling people; `nil` without a bootstrap.
        public fileprivate(set) var falseMatchInterval: SubjectBootstrap.Interval?
        /// The interval of ``falseNonMatchRate`` by resampling people.
        public fileprivate(set) var falseNonMatchInterval: SubjectBootstrap.Interval?

        enum CodingKeys: String, CodingKey {
            case name, size
            case falseMatchRate = "fmr"
            case falseNonMatchRate = "fnmr"
            case falseMatchInterval = "fmrByPeople"
            case falseNonMatchInterval = "fnmrByPeople"
        }
    }

    /// The inequity of a rate.
    ///
    /// Ratios of small counts are large by chance. The intervals show how much, for these two groups; they do not
    /// account for the choice of the extremes among several groups.
    public struct Inequity: Codable, Hashable, Sendable {
        /// The group with the highest rate.
        public let worst: String
        /// The group with the lowest rate.
        public let best: String
        /// The highest rate divided by the lowest; `nil` if the lowest is 0.
        public let ratioToBest: Double?
        /// The highest rate divided by the geometric mean of the groups (NISTIR 8429); `nil` if a rate is 0.
        public let ratioToGeometricMean: Double?
        /// The interval of ``ratioToBest`` by resampling people.
        ///
        /// It is `nil` without a bootstrap, or if so many rounds have a rate of 0 that it has no upper end.
        public fileprivate(set) var ratioToBestInterval: SubjectBootstrap.Interval?
        /// The interval of ``ratioToGeometricMean``, under the same conditions.
        public fileprivate(set) var ratioToGeometricMeanInterval: SubjectBootstrap.Interval?
    }

    /// The threshold for all groups.
    public let threshold: Float
    /// The groups, in order of name.
    public private(set) var groups: [Group]
    /// The rate of impostor comparisons between groups that match; `nil` if there are none.
    public let acrossGroups: ObservedRate?
    /// The inequity of the false match rates; `nil` with fewer than two groups that have one.
    public private(set) var falseMatchInequity: Inequity?
    /// The inequity of the false non-match rates; `nil` with fewer than two groups that have one.
    public private(set) var falseNonMatchInequity: Inequity?
    /// The number of bootstrap rounds; `nil` without a bootstrap.
    public private(set) var bootstrapRounds: Int?

    enum CodingKeys: String, CodingKey {
        case threshold, groups, acrossGroups, bootstrapRounds
        case falseMatchInequity = "fmrInequity"
        case falseNonMatchInequity = "fnmrInequity"
    }

    /// Counts errors by group.
    ///
    /// - Parameters:
    ///   - comparisons: All comparisons.
    ///   - groups: The groups of the first and the second picture of each comparison. If one is `nil`, the comparison
    ///     is left out.
    ///   - threshold: The threshold for all groups.
    ///   - level: The coverage of the intervals.
    /// - Throws: ``EvaluationError/noGroups`` if no comparison has labels, ``EvaluationError/invalidRate(_:)``.
    public init(
        _ comparisons: [Comparison], groups: [(first: String?, second: String?)], threshold: Float,
        level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) {
        precondition(comparisons.count == groups.count, "each comparison needs two groups")
        var counts: [String: BinaryCounts] = [:], across = (matches: 0, total: 0)
        for (comparison, labels) in zip(comparisons, groups) {
            guard let first = labels.first, let second = labels.second else { continue }
            let matches = comparison.matches(at: threshold)
            guard first == second || comparison.isMated else {
                across = (across.matches + (matches ? 1 : 0), across.total + 1)
                continue
            }
            // A person has one group. If the labels of a mated pair differ, the pair counts in both groups.
            for label in Set([first, second]) {
                counts[
                    label,
                    default: BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)
                ].add(isPositive: comparison.isMated, isTaken: matches)
            }
        }
        try self.init(
            counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value, nil) }, across: across, threshold: threshold,
            level: level)
    }

    /// Creates the errors from counts by group, in order of name.
    init(
        _ groups: [(name: String, counts: BinaryCounts, size: Size?)], across: (matches: Int, total: Int),
        threshold: Float, level: Double
    ) throws(EvaluationError) {
        guard groups.contains(where: { $0.counts.total > 0 }) || across.total > 0 else { throw .noGroups }
        var measured: [Group] = []
        for (name, counts, size) in groups {
            let impostors = counts.falsePositives + counts.trueNegatives
            let mated = counts.truePositives + counts.falseNegatives
            measured.append(
                Group(
                    name: name,
                    falseMatchRate: try Self.rate(counts.falsePositives, of: impostors, level: level),
                    falseNonMatchRate: try Self.rate(counts.falseNegatives, of: mated, level: level), size: size))
        }
        self.threshold = threshold
        self.groups = measured
        acrossGroups = try Self.rate(across.matches, of: across.total, level: level)
        falseMatchInequity = Self.inequity(
            measured.compactMap { group in group.falseMatchRate.map { (group.name, $0) } })
        falseNonMatchInequity = Self.inequity(
            measured.compactMap { group in group.falseNonMatchRate.map { (group.name, $0) } })
    }

    private static func rate(_ count: Int, of total: Int, level: Double) throws(EvaluationError) -> ObservedRate? {
        total > 0 ? try ObservedRate(count, of: total, level: level) : nil
    }

    private static func inequity(_ rates: [(name: String, rate: ObservedRate)]) -> Inequity? {
        guard rates.count > 1, let worst = rates.max(by: { $0.rate.value < $1.rate.value }),
            let best = rates.min(by: { $0.rate.value < $1.rate.value })
        else { return nil }
        let logarithms = rates.reduce(0) { $0 + log($1.rate.value) }
        let geometricMean = exp(logarithms / Double(rates.count))
        return Inequity(
            worst: worst.name, best: best.name,
            ratioToBest: best.rate.value > 0 ? worst.rate.value / best.rate.value : nil,
            ratioToGeometricMean: geometricMean > 0 ? worst.rate.value / geometricMean : nil)
    }
}

extension GroupErrors {
    /// Adds intervals.
    ///
    /// - Parameters:
    ///   - rounds: For each bootstrap round, the rates of the groups in order; at least one round.
    ///   - level: The coverage of the intervals.
    mutating func add(_ rounds: [[GroupBootstrap.Rates]], level: Double) {
        bootstrapRounds = rounds.count
        for index in groups.indices {
            groups[index].falseMatchInterval = Self.interval(rounds.compactMap { $0[index].falseMatch }, level: level)
            groups[index].falseNonMatchInterval = Self.interval(
                rounds.compactMap { $0[index].falseNonMatch }, level: level)
        }
        let matches = groups.map { $0.falseMatchRate != nil }, misses = groups.map { $0.falseNonMatchRate != nil }
        func rates(_ rate: (GroupBootstrap.Rates) -> Double?, _ counted: [Bool]) -> [[Double?]] {
            rounds.map { round in zip(round, counted).map { $1 ? rate($0) : nil } }
        }
        bound(&falseMatchInequity, rates(\.falseMatch, matches), level: level)
        bound(&falseNonMatchInequity, rates(\.falseNonMatch, misses), level: level)
    }

    /// Sets the intervals of an inequity.
    ///
    /// - Parameters:
    ///   - inequity: The inequity.
    ///   - rounds: The rates of the groups in each round; `nil` for groups without a rate.
    ///   - level: The coverage of the intervals.
    private func bound(_ inequity: inout Inequity?, _ rounds: [[Double?]], level: Double) {
        guard let found = inequity, let worst = groups.firstIndex(where: { $0.name == found.worst }),
            let best = groups.firstIndex(where: { $0.name == found.best })
        else { return }
        if found.ratioToBest != nil {
            let ratios = rounds.compactMap { round in
                round[worst].flatMap { high in round[best].map { Self.ratio(high, to: $0) } }
            }
            inequity?.ratioToBestInterval = Self.interval(ratios, level: level)
        }
        if found.ratioToGeometricMean != nil {
            let ratios = rounds.compactMap { round -> Double? in
                let rates = round.compactMap(\.self)
                let mean = exp(rates.reduce(0) { $0 + log($1) } / Double(rates.count))
                return round[worst].map { Self.ratio($0, to: mean) }
            }
            inequity?.ratioToGeometricMeanInterval = Self.interval(ratios, level: level)
        }
    }

    /// Returns the ratio of two rates: infinite if only the divisor is 0, and 1 if both are 0.
    private static func ratio(_ rate: Double, to other: Double) -> Double {
        other > 0 ? rate / other : rate > 0 ? .infinity : 1
    }

    private static func interval(_ values: [Double], level: Double) -> SubjectBootstrap.Interval? {
        guard !values.isEmpty else { return nil }
        let interval = SubjectBootstrap.Interval(values, level: level)
        return interval.low.isFinite && interval.high.isFinite ? interval : nil
    }
}
