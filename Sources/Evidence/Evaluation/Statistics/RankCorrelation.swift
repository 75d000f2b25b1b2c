/// Returns the correlation of the ranks of two lists of numbers, −1...1 (Spearman, *The proof and measurement of
/// association between two things*, 1904). Equal numbers share their mean rank.
///
/// - Returns: `nil` for fewer than two numbers, or if all numbers of a list are equal.
/// - Precondition: Both lists have the same length.
public func rankCorrelation(_ first: [Float], _ second: [Float]) -> Double? {
    precondition(first.count == second.count, "ranks are compared in pairs")
    let ranks = (meanRanks(first), meanRanks(second))
    let middle = Double(first.count - 1) / 2
    var products = (0.0, 0.0, 0.0)
    for (a, b) in zip(ranks.0, ranks.1) {
        products.0 += (a - middle) * (b - middle)
        products.1 += (a - middle) * (a - middle)
        products.2 += (b - middle) * (b - middle)
    }
    guard products.1 > 0, products.2 > 0 else { return nil }
    return products.0 / (products.1 * products.2).squareRoot()
}

/// Returns the rank of each number, from 0; equal numbers get the mean of their ranks.
func meanRanks(_ values: [Float]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
        start = end
    }
    return ranks
}
