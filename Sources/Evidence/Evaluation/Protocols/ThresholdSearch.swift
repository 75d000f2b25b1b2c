/// A threshold that comes down past one similarity after the other, and remembers where most was right.
struct ThresholdSearch {
    /// Thresholds above `low`, up to `high`: they decide alike.
    private struct Interval {
        let low: Float
        let high: Float
        /// How many more are right than where nothing matches.
        let gain: Int

        var width: Double { Double(high) - Double(low) }

        var middle: Float {
            let middle = Float((Double(low) + Double(high)) / 2)
            return middle > low ? middle : high
        }
    }

    /// The highest similarity that made a difference.
    private var first: Float?
    /// The lowest so far.
    private var last: Float?
    /// How many more are right at ``last`` than where nothing matches.
    private var gain = 0
    /// The best interval between two similarities.
    private var best: Interval?

    /// Lets the comparisons with `similarity` match.
    ///
    /// - Parameter difference: How many more are right for it. Where it is none, the interval goes on.
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

    /// The middle of the best interval: of several, the widest, and of equally wide ones, the lowest.
    ///
    /// The number next above all similarities where it is best that nothing matches, the lowest of them where
    /// everything; 0 if no similarity makes a difference.
    var threshold: Float {
        guard let first, let last else { return 0 }
        if let best, best.gain >= max(0, gain) { return best.middle }
        return gain >= 0 ? last : first.nextUp
    }

    /// Returns the threshold that decides most of the comparisons that `counts` lets through rightly.
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
