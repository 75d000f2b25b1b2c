public import Faces

/// The method, and the reasons for it.
///
/// A linear model of many conditions extrapolates to regions with few or no measurements. With SFace, its threshold for
/// small faces fell to 0.29 while the true impostor quantile did not change, and the stated false match rate of 0.1 %
/// became 1.1 %. Impostor similarities seldom depend on a condition of one face; they depend on conditions that both
/// faces share. Therefore there are few cells. Each is a trait of one or both faces within a range of strengths, and
/// each has its own order statistic.
///
/// If a cell has few comparisons and they suggest a lower threshold, the threshold is shrunk by the share v / (τ² + v)
/// of empirical Bayes, where τ² is the true variance between cells and v the variance of the cell's quantile. At the
/// highest rate, it is shrunk toward the single threshold; at each lower rate, toward the cell's distance from it at
/// the previous rate, which is based on more comparisons. A higher threshold is taken unchanged: with shrinkage, two
/// children got a threshold with twice the stated false match rate.
///
/// If there are too few pairs of people to support a rate (the rule of 30), the distance stays the same and the cell
/// states that it was not measured. Thresholds increase as the rate decreases.
extension AdaptiveThresholds {
    /// Fits thresholds on comparisons of people who are used for nothing else.
    ///
    /// - Parameters:
    ///   - sample: The comparisons, trait by trait.
    ///   - one: The card's single threshold at each rate; cells get the same rates.
    ///   - data: A description of the pictures.
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
