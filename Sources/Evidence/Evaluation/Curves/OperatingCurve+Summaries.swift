extension OperatingCurve {
    /// The area under the ROC curve: the share of (mated, impostor) pairs of comparisons in which the mated one has the
    /// higher similarity, ties counted as half (Mann and Whitney, 1947; Hanley and McNeil, 1982).
    ///
    /// Failed comparisons rank below all others and tie with each other, which closes the curve by a straight line to
    /// (1, 1).
    public var areaUnderCurve: Double {
        var above = 0, wins = 0.0
        for index in similarities.indices {
            wins += Double(impostors[index]) * (Double(above) + Double(mated[index]) / 2)
            above += mated[index]
        }
        wins += Double(failedImpostorPairs) * (Double(above) + Double(failedMatedPairs) / 2)
        return wins / (Double(matedPairs) * Double(impostorPairs))
    }

    /// The equal error rate, at which false matches and false non-matches are equally frequent.
    ///
    /// There is seldom such an observed operating point. The value is the point where the straight line between the two
    /// neighboring points meets FMR = FNMR. If failures keep the curve from reaching it, the line to (1, 0), where
    /// everything matches, is used.
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
    /// It is the number just above the highest similarity of an impostor comparison that must not match. If all may
    /// match, it is the smallest observed similarity.
    ///
    /// - Throws: ``EvaluationError/invalidRate(_:)``, and ``EvaluationError/unsupportedRate(_:impostorPairs:needed:)``
    ///   if ``RuleOfThree`` refuses the rate.
    public func threshold(falseMatchRate rate: Double) throws(EvaluationError) -> Float {
        try RuleOfThree.check(falseMatchRate: rate, impostorPairs: impostorPairs)
        return thresholdUnchecked(falseMatchRate: rate)
    }

    /// Returns ``threshold(falseMatchRate:)`` in a bootstrap round.
    ///
    /// The given pairs, not the drawn ones, determine whether a rate is supported.
    func thresholdUnchecked(falseMatchRate rate: Double) -> Float {
        var falseMatches = 0
        for index in similarities.indices {
            falseMatches += impostors[index]
            // With division instead of multiplication, 29 of 100 are within a rate of 0.29.
            if Double(falseMatches) / Double(impostorPairs) > rate { return similarities[index].nextUp }
        }
        return similarities.last ?? 0
    }

    /// Returns the share of mated comparisons that match at ``threshold(falseMatchRate:)``, with its interval ("TAR at
    /// FMR").
    ///
    /// The interval is the binomial one at a fixed threshold (Clopper and Pearson). It takes no account of the choice
    /// of the threshold on the same impostors, or of people shared by several pairs; ``SubjectBootstrap`` does.
    ///
    /// - Parameters:
    ///   - rate: The false match rate.
    ///   - level: The coverage of the interval.
    /// - Throws: ``EvaluationError``, as ``threshold(falseMatchRate:)`` does.
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
    /// The requested false match rate.
    public let falseMatchRate: Double
    /// The share of mated comparisons that match.
    public let value: Double
    /// The lower end of the interval.
    public let low: Double
    /// The upper end of the interval.
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
