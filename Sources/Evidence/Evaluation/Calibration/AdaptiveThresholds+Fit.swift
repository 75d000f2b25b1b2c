public import Faces

/// Why so.
///
/// A line through many conditions promises what nobody has measured where few comparisons lie: with SFace the threshold for
/// small faces fell to 0.29 while strangers' true quantile stayed where it was, and stated 0.1 % were 1.1 %. What moves
/// strangers' similarities is seldom a condition of one face; it is what both faces share. So there are few cells, each a
/// trait that one or both faces have, within a range of strengths, and each has its own order statistic. Where a cell's
/// comparisons say little and speak for a lower threshold, it is moved by the share v / (τ² + v) of empirical Bayes, where τ²
/// is by how much cells truly differ and v how uncertain the cell's quantile is: at the highest rate towards the one
/// threshold, and at each lower one towards the cell's own distance from it at the rate before, which more comparisons have
/// told. What speaks for a higher one is taken as it is: moved too, two children got a threshold that lets twice as many
/// through as stated. Where the pairs of people support no rate as low (the rule of 30), the distance stays what it was, and
/// the cell says that it was not measured. Thresholds rise as the rate falls.
extension AdaptiveThresholds {
    /// Fits thresholds on comparisons of people set apart for it.
    ///
    /// - Parameters:
    ///   - sample: Comparisons, trait by trait.
    ///   - one: The card's one threshold by rate; cells get the same rates.
    ///   - data: What the pictures are, in words.
    public init(fitting sample: TraitSample, beside one: MatchCalibration, data: String) {
        let cells = sample.cells.filter { $0.kind != nil }
        let tails = cells.map { ImpostorTail($0.impostors) }
        var points: [[Point]] = Array(repeating: [], count: cells.count)
        var distances = Array(repeating: 0.0, count: cells.count)
        var lowest: [Double?] = Array(repeating: nil, count: cells.count)
        for point in one.points {
            let rate = point.falseMatchRate
            let own = zip(tails, distances).map { tail, distance in
                Double(tail.peoplePairs) * rate * (1 + 1e-12) >= MatchCalibration.fewestFalseMatches
                    ? tail.difference(from: Double(point.threshold) + distance, rate: rate) : nil
            }
            let between = CellTail.varianceBetween(own.compactMap { $0 })
            for (place, tail) in own.enumerated() {
                if let tail {
                    let share = tail.difference > 0 ? 1 : between / (between + tail.variance)
                    distances[place] += tail.difference * share
                    lowest[place] = rate
                } else if lowest[place] != nil {
                    distances[place] = max(distances[place], 0)
                } else {
                    continue
                }
                let threshold = min(max(point.threshold + Float(distances[place]), -1), 1)
                points[place].append(
                    Point(falseMatchRate: rate, threshold: max(threshold, points[place].last?.threshold ?? -1)))
            }
        }
        var fitted: [Cell] = []
        for (place, cell) in cells.enumerated() {
            guard let kind = cell.kind, !points[place].isEmpty else { continue }
            fitted.append(
                Cell(
                    kind: kind, isShared: cell.isShared, low: cell.low, high: cell.high,
                    impostorPairs: cell.impostors.count, peoplePairs: tails[place].peoplePairs,
                    lowestMeasuredRate: lowest[place], points: points[place]))
        }
        self.init(cells: fitted, people: sample.people, data: data)
    }
}
