extension OperatingCurve {
    /// The area under the ROC curve: the share of (mated, impostor) couples of comparisons whose mated one is the more
    /// alike, ties counting half (Mann and Whitney, 1947; Hanley and McNeil, 1982).
    ///
    /// Failed comparisons are below all others and tie with each other, which is to close the curve by a straight line
    /// to (1, 1).
    public var areaUnderCurve: Double {
        var above = 0, wins = 0.0
        for index in similarities.indices {
            wins += Double(impostors[index]) * (Double(above) + Double(mated[index]) / 2)
            above += mated[index]
        }
        wins += Double(failedImpostorPairs) * (Double(above) + Double(failedMatedPairs) / 2)
        return wins / (Double(matedPairs) * Double(impostorPairs))
    }

    /// The rate at which false matches and false non-matches are equally frequent.
    ///
    /// The observed operating points seldom hold such a one. The value is where the straight line between the two
    /// neighboring points, as rates, meets FMR = FNMR. Where failures keep the curve from getting there, the line to
    /// (1, 0), 'everything matches', stands in.
    public var equalErrorRate: Double {
        var before = (match: 0.0, nonMatch: 1.0)
        let observed = points.map { (match: $0.falseMatchRate, nonMatch: $0.falseNonMatchRate) }
        for after in observed + [(match: 1, nonMatch: 0)] {
            let gap = before.nonMatch - before.match, next = after.nonMatch - after.match
            if next <= 0 { return before.match + gap / (gap - next) * (after.match - before.match) }
            before = after
        }
        preconditionFailure("the curve ends at (1, 0)")
    }

    /// Returns the smallest threshold whose false match rate is at most `rate`.
    ///
    /// That is the number next above the most alike impostor comparison that must not match. Where all may match it is
    /// the smallest similarity that was seen.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)``, and ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)``
    ///   if ``RuleOfThree`` refuses the rate.
    public func threshold(falseMatchRate rate: Double) throws(EvaluationError) -> Float {
        try RuleOfThree.check(falseMatchRate: rate, impostorPairs: impostorPairs)
        return thresholdUnchecked(falseMatchRate: rate)
    }

    /// ``threshold(falseMatchRate:)`` for a bootstrap round, where the given pairs and not the drawn ones support a
    /// rate.
    func thresholdUnchecked(falseMatchRate rate: Double) -> Float {
        var falseMatches = 0
        for index in similarities.indices {
            falseMatches += impostors[index]
            // Dividing, and not multiplying, keeps 29 of 100 within a rate of 0.29.
            if Double(falseMatches) / Double(impostorPairs) > rate { return similarities[index].nextUp }
        }
        return similarities.last ?? 0
    }

    /// Returns the share of mated comparisons that match at ``threshold(falseMatchRate:)``, with its interval: 'TAR at
    /// FMR'.
    ///
    /// The interval is that of a binomial share at a fixed threshold (Clopper and Pearson). It does not know that the
    /// threshold was chosen on the same impostors, nor that pairs share people: ``SubjectBootstrap`` does.
    ///
    /// - Parameter level: The interval's coverage.
    /// - Throws: ``EvaluationError`` as ``threshold(falseMatchRate:)`` does.
    public func trueMatchRate(
        falseMatchRate rate: Double, level: Double = BinomialInterval.usualLevel
    ) throws(EvaluationError) -> TrueMatchRate {
        let threshold = try threshold(falseMatchRate: rate)
        let point = point(at: threshold)
        let interval = try BinomialInterval(successes: point.matches, of: matedPairs, level: level)
        return TrueMatchRate(
            falseMatchRate: rate, value: point.trueMatchRate, low: interval.low, high: interval.high,
            threshold: threshold, observedFalseMatchRate: point.falseMatchRate)
    }
}

/// The share of mated comparisons that match at a false match rate.
public struct TrueMatchRate: Codable, Hashable, Sendable {
    /// The false match rate that was asked for.
    public let falseMatchRate: Double
    /// Share of mated comparisons that match.
    public let value: Double
    /// Lower end of the interval.
    public let low: Double
    /// Upper end of the interval.
    public let high: Double
    /// The similarity from which a comparison matches.
    public let threshold: Float
    /// The share of impostor comparisons that match: at most ``falseMatchRate``.
    public let observedFalseMatchRate: Double

    enum CodingKeys: String, CodingKey {
        case falseMatchRate = "fmr"
        case value, low, high, threshold
        case observedFalseMatchRate = "observedFMR"
    }
}
