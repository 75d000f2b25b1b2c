/// Who was taken for whom, counted.
public struct ConfusionMatrix: Codable, Hashable, Sendable {
    /// The classes' names.
    public let classes: [String]
    /// A row for each true class, a column for each that was predicted.
    public private(set) var counts: [[Int]]

    /// - Parameters:
    ///   - classes: The names, each once, at least one.
    ///   - truth: The true class of each sample, by its place in `classes`.
    ///   - predicted: The predicted one.
    public init(classes: [String], truth: [Int], predicted: [Int]) {
        precondition(truth.count == predicted.count, "a prediction for each sample")
        precondition(Set(classes).count == classes.count && !classes.isEmpty, "classes have different names")
        self.classes = classes
        counts = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
        for (row, column) in zip(truth, predicted) { counts[row][column] += 1 }
    }

    /// All samples.
    public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

    /// Share of samples whose class was predicted; `nil` without samples.
    public var accuracy: Double? {
        let total = total
        return total > 0 ? Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total) : nil
    }

    /// One class against all others.
    public func counts(of index: Int) -> BinaryCounts {
        let row = counts[index].reduce(0, +), column = counts.reduce(0) { $0 + $1[index] }, both = counts[index][index]
        return BinaryCounts(
            truePositives: both, falsePositives: column - both, trueNegatives: total - row - column + both,
            falseNegatives: row - both)
    }

    /// The mean over classes of a measure of each against all others; a class where it is undefined (0 / 0) counts as 0,
    /// as scikit-learn has it: a class that is never predicted has no precision to be proud of.
    public func macroAverage(_ measure: (BinaryCounts) -> Double?) -> Double {
        classes.indices.reduce(0) { $0 + (measure(counts(of: $1)) ?? 0) } / Double(classes.count)
    }

    /// The correlation of truth and prediction over all classes, −1...1 (Gorodkin, *Comparing two K-category assignments
    /// by a K-category correlation coefficient*, 2004); `nil` where all samples are of one class or predicted as one.
    public var matthewsCorrelation: Double? {
        let samples = Double(total)
        let rows = counts.map { Double($0.reduce(0, +)) }
        let columns = classes.indices.map { column in Double(counts.reduce(0) { $0 + $1[column] }) }
        let right = Double(counts.indices.reduce(0) { $0 + counts[$1][$1] })
        func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
        let scale =
            (samples * samples - squares(rows)).squareRoot() * (samples * samples - squares(columns)).squareRoot()
        guard scale > 0 else { return nil }
        return (right * samples - zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }) / scale
    }
}
