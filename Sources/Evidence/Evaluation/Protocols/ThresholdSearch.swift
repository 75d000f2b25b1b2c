/// Finds the best threshold by lowering it past one similarity after the other.
struct ThresholdSearch {
    /// The thresholds above `low`, up to `high`, which give the same decisions.
    private struct Interval {
        let low: Float
        let high: Float
        /// The number of additional correct decisions compared with the highest threshold, at which nothing matches.
        let gain: Int

        var width: Double { Double(high) - Double(low) }

        var middle: Float {
            let middle = Float((Double(low) + Double(high)) / 2)
            return middle > low ? middle : high
        }
    }

    /// The highest similarity that made a difference.
    private var first: Float?
    /// The lowest one so far.
    private var last: Float?
    /// The number of additional correct decisions at ``last``, compared with the highest threshold.
    private var gain = 0
    /// The best interval between two similarities.
    private var best: Interval?

    /// Lowers the threshold, so that the comparisons with `similarity` match.
    ///
    /// - Parameters:
    ///   - similarity: The similarity.
    ///   - difference: The number of additional correct decisions. If it is 0, the interval continues.
    mutating func pass(_ similarity: Float, difference: Int) {
        guard difference != 0 else { return }
        if let last { consider(Interval(low: similarity, high: last, gain: gain)) }
        first = first ?? similarity
        last = similarity
        gain += difference
    }

    private mutating func consider(_ interval: Interval) {
        if let best {
            guard interval.gain >= best.gain else { return }
            if interval.gain == best.gain, interval.width < best.width { return }
        }
        best = interval
    }

    /// The middle of the best interval: of several, the widest; of equally wide ones, the lowest.
    ///
    /// If it is best that nothing matches, it is the number just above all similarities; if everything, the lowest
    /// similarity; if no similarity makes a difference, 0.
    var threshold: Float {
        guard let first, let last else { return 0 }
        if let best, best.gain >= max(0, gain) { return best.middle }
        return gain >= 0 ? last : first.nextUp
    }

    /// Returns the threshold with the most correct decisions on the comparisons that `counts` includes.
    static func bestThreshold(
        _ ranked: RankedComparisons, weights: [Int]?, counting counts: (RankedComparisons.Entry) -> Bool
    ) -> Float {
        var search = ThresholdSearch()
        var level: Float?
        var difference = 0
        for entry in ranked.entries where counts(entry) {
            if let passed = level, passed != entry.similarity {
                search.pass(passed, difference: difference)
                difference = 0
            }
            level = entry.similarity
            let weight = weights.map { $0[entry.index] } ?? 1
            difference += entry.isMated ? weight : -weight
        }
        if let level { search.pass(level, difference: difference) }
        return search.threshold
    }
}
