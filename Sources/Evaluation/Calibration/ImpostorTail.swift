import Faces
import Foundation

/// The upper tail of standardized impostor similarities, over all conditions and by cells of them.
struct ImpostorTail {
    private let values: [Double]
    private let people: [(Int, Int)]
    /// How many people there are.
    let peopleCount: Int
    /// The places of each cell's comparisons.
    private let cells: [String: [Int]]

    init(values: [Double], cells: [String], people: [(String, String)]) {
        self.values = values
        var places: [String: [Int]] = [:], numbers: [String: Int] = [:]
        for (index, cell) in cells.enumerated() { places[cell, default: []].append(index) }
        for (a, b) in people {
            for name in [a, b] where numbers[name] == nil { numbers[name] = numbers.count }
        }
        self.cells = places
        self.people = people.map { (numbers[$0] ?? 0, numbers[$1] ?? 0) }
        peopleCount = numbers.count
    }

    /// The tail at falling rates, so that thresholds never fall as the rate does.
    func points(_ rates: [Double]) -> [AdaptiveThresholds.Point] {
        var points: [AdaptiveThresholds.Point] = []
        for rate in rates {
            var point = point(rate)
            if let last = points.last {
                point.quantile = max(point.quantile, last.quantile)
                for name in Set(point.cells.keys).union(last.cells.keys) {
                    let before = last.cells[name] ?? last.quantile
                    point.cells[name] = max(point.cells[name] ?? point.quantile, before)
                }
            }
            points.append(point)
        }
        return points
    }

    private func point(_ rate: Double) -> AdaptiveThresholds.Point {
        let quantile = Self.quantile(values, rate: rate)
        let above = values.filter { $0 > quantile }
        // The tail falls off like an exponential one near the quantile: its mean excess turns rates into distances.
        let excess = above.isEmpty ? 0 : above.reduce(0) { $0 + $1 - quantile } / Double(above.count)
        let own = cells.compactMap { name, members -> CellTail? in
            let expected = rate * Double(members.count)
            guard expected >= AdaptiveThresholds.fewestCellFalseMatches, excess > 0 else { return nil }
            let cellQuantile = Self.quantile(members.map { values[$0] }, rate: rate)
            let variance = countVariance(members, above: cellQuantile, rate: rate)
            return CellTail(
                name: name, difference: cellQuantile - quantile,
                variance: excess * excess * variance / (expected * expected))
        }
        let between = CellTail.varianceBetween(own)
        let shrunk = own.map { ($0.name, quantile + $0.difference * between / (between + $0.variance)) }
        return AdaptiveThresholds.Point(
            falseMatchRate: rate, quantile: quantile, cells: Dictionary(uniqueKeysWithValues: shrunk))
    }

    /// The value next above the ⌊rate · (n + 1)⌋-th largest one: a new comparison reaches it with at most that rate.
    private static func quantile(_ values: [Double], rate: Double) -> Double {
        let rank = min(Int(rate * Double(values.count + 1)), values.count)
        let sorted = values.sorted(by: >)
        return rank > 0 ? sorted[rank - 1].nextUp : (sorted.first ?? 0).nextUp
    }

    /// The variance of how many of `members` lie above a quantile, whose expected number is `rate` of them: comparisons
    /// of one person vary together. Never less than if they were independent.
    private func countVariance(_ members: [Int], above quantile: Double, rate: Double) -> Double {
        var sums: [Int: Double] = [:], squares = 0.0
        for member in members {
            let error = (values[member] >= quantile ? 1 : 0) - rate
            sums[people[member].0, default: 0] += error
            if people[member].0 != people[member].1 { sums[people[member].1, default: 0] += error }
            squares += error * error
        }
        // Each comparison's own square is in the sums of both of its people, and counts once.
        let clustered = sums.values.reduce(0) { $0 + $1 * $1 } - squares
        return max(clustered, Double(members.count) * rate * (1 - rate))
    }
}

/// How a cell's tail differs from that of all.
struct CellTail {
    let name: String
    let difference: Double
    /// Of ``difference``, by chance.
    let variance: Double

    /// By how much cells truly differ, squared: what is left of their differences after chance (DerSimonian and Laird,
    /// 1986). 0 with fewer than two cells.
    static func varianceBetween(_ cells: [CellTail]) -> Double {
        guard cells.count > 1 else { return 0 }
        let weights = cells.map { 1 / $0.variance }
        let sum = weights.reduce(0, +), squares = weights.reduce(0) { $0 + $1 * $1 }
        let mean = zip(cells, weights).reduce(0) { $0 + $1.0.difference * $1.1 } / sum
        let spread = zip(cells, weights).reduce(0) {
            $0 + $1.1 * ($1.0.difference - mean) * ($1.0.difference - mean)
        }
        let scale = sum - squares / sum
        return scale > 0 ? max(0, (spread - Double(cells.count - 1)) / scale) : 0
    }
}
