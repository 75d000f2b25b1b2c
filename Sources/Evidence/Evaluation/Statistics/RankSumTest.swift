/// A test of whether the values of one sample tend to be larger than those of another.
///
/// Mann and Whitney, *On a test of whether one of two random variables is stochastically larger than the other*, 1947.
/// Two-sided, by the normal approximation with corrections for ties and for continuity; accurate from about eight
/// values in each sample.
public struct RankSumTest: Codable, Hashable, Sendable {
    /// U of the first sample: the number of pairs in which its value is larger, ties counted as half.
    public let statistic: Double
    /// The p value, 0...1: the probability of a difference at least this large if there is no true difference.
    public let p: Double

    /// Compares two samples of at least one value each.
    public init(_ first: [Double], _ second: [Double]) {
        precondition(!first.isEmpty && !second.isEmpty, "both samples need values")
        let (m, n) = (Double(first.count), Double(second.count))
        let ranked = Self.ranks(first + second)
        let rankSum = ranked.ranks.prefix(first.count).reduce(0, +)
        statistic = rankSum - m * (m + 1) / 2
        let total = m + n, ties = ranked.tieSizes.reduce(0) { $0 + ($1 * $1 * $1 - $1) }
        let variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)))
        guard variance > 0 else {
            p = 1
            return
        }
        let distance = max(abs(statistic - m * n / 2) - 0.5, 0)
        p = min(2 * NormalDistribution.probability(below: -distance / variance.squareRoot()), 1)
    }

    /// Returns the ranks of values, from 1; equal values share their mean rank.
    public static func ranks(of values: [Double]) -> [Double] { ranks(values).ranks }

    private static func ranks(_ values: [Double]) -> (ranks: [Double], tieSizes: [Double]) {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = Array(repeating: 0.0, count: values.count), sizes: [Double] = []
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            let mean = Double(start + end) / 2 + 1
            for place in start...end { ranks[order[place]] = mean }
            sizes.append(Double(end - start + 1))
            start = end + 1
        }
        return (ranks, sizes)
    }

    /// Returns p values corrected for multiple tests (Holm, *A simple sequentially rejective multiple test procedure*,
    /// 1979), in the given order.
    public static func holm(_ values: [Double]) -> [Double] {
        var corrected = values, largest = 0.0
        for (place, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
            largest = max(largest, min(values[index] * Double(values.count - place), 1))
            corrected[index] = largest
        }
        return corrected
    }
}
