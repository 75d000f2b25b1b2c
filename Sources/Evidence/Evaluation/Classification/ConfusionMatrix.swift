/// A confusion matrix: the counts of true and predicted classes.
public struct ConfusionMatrix: Codable, Hashable, Sendable {
    /// The count of one combination of classes.
    public struct Cell: Codable, Hashable, Sendable {
        /// The true class, as an index in ``ConfusionMatrix/classes``.
        public let truth: Int
        /// The predicted class.
        public let predicted: Int
        /// The number of samples.
        public let count: Int
    }

    /// The classes' names.
    public let classes: [String]
    /// The nonzero cells, by true and then by predicted class.
    ///
    /// Most matrices of people are nearly empty.
    public let cells: [Cell]
    /// The number of samples without a prediction, for each true class.
    public let unanswered: [Int]

    /// Counts predictions.
    ///
    /// - Parameters:
    ///   - classes: The distinct names, at least one.
    ///   - truth: The true class of each sample, as an index in `classes`.
    ///   - predicted: The predicted class; `nil` if there was no prediction.
    public init(classes: [String], truth: [Int], predicted: [Int?]) {
        precondition(truth.count == predicted.count, "each sample needs a prediction")
        precondition(Set(classes).count == classes.count && !classes.isEmpty, "classes must have different names")
        self.classes = classes
        var unanswered = Array(repeating: 0, count: classes.count), counts: [Int: Int] = [:]
        for (row, column) in zip(truth, predicted) {
            if let column { counts[row * classes.count + column, default: 0] += 1 } else { unanswered[row] += 1 }
        }
        self.unanswered = unanswered
        cells = counts.sorted { $0.key < $1.key }.map { place, count in
            Cell(truth: place / classes.count, predicted: place % classes.count, count: count)
        }
    }

    /// The full matrix: a row for each true class, a column for each predicted class.
    public var counts: [[Int]] {
        var counts = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
        for cell in cells { counts[cell.truth][cell.predicted] = cell.count }
        return counts
    }

    /// The number of samples.
    public var total: Int { cells.reduce(unanswered.reduce(0, +)) { $0 + $1.count } }

    /// The number of samples with a correct prediction.
    private var right: Int { cells.reduce(0) { $0 + ($1.truth == $1.predicted ? $1.count : 0) } }

    /// The share of samples with a correct prediction; `nil` without samples.
    public var accuracy: Double? {
        let total = total
        return total > 0 ? Double(right) / Double(total) : nil
    }

    /// The number of samples of each class, and of predictions of each class.
    private var margins: (rows: [Int], columns: [Int]) {
        var rows = unanswered, columns = Array(repeating: 0, count: classes.count)
        for cell in cells {
            rows[cell.truth] += cell.count
            columns[cell.predicted] += cell.count
        }
        return (rows, columns)
    }

    /// The counts of each class against all others, in the order of ``classes``.
    public var classCounts: [BinaryCounts] {
        var both = Array(repeating: 0, count: classes.count)
        for cell in cells where cell.truth == cell.predicted { both[cell.truth] = cell.count }
        let (rows, columns) = margins, total = total
        return classes.indices.map { index in
            BinaryCounts(
                truePositives: both[index], falsePositives: columns[index] - both[index],
                trueNegatives: total - rows[index] - columns[index] + both[index],
                falseNegatives: rows[index] - both[index])
        }
    }

    /// Returns the counts of one class against all others.
    public func counts(of index: Int) -> BinaryCounts { classCounts[index] }

    /// The pooled counts of all classes against their others, the basis of micro averages.
    public var pooledCounts: BinaryCounts {
        classCounts.reduce(BinaryCounts(truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0)) {
            BinaryCounts(
                truePositives: $0.truePositives + $1.truePositives,
                falsePositives: $0.falsePositives + $1.falsePositives,
                trueNegatives: $0.trueNegatives + $1.trueNegatives,
                falseNegatives: $0.falseNegatives + $1.falseNegatives)
        }
    }

    /// Returns the mean over classes of a measure of each against all others.
    ///
    /// A class whose measure is undefined (0 / 0) counts as 0, as in scikit-learn.
    public func macroAverage(_ measure: (BinaryCounts) -> Double?) -> Double {
        classCounts.reduce(0) { $0 + (measure($1) ?? 0) } / Double(classes.count)
    }

    /// The correlation of truth and prediction over all classes, −1...1 (Gorodkin, *Comparing two K-category
    /// assignments by a K-category correlation coefficient*, 2004); `nil` if all samples are of one class or predicted
    /// as one.
    ///
    /// Samples without a prediction count as predictions of an extra class without samples.
    public var matthewsCorrelation: Double? {
        let samples = Double(total), margins = margins
        let rows = margins.rows.map(Double.init)
        let columns = margins.columns.map(Double.init)
        let none = Double(unanswered.reduce(0, +))
        func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
        let scale =
            (samples * samples - squares(rows)).squareRoot()
            * (samples * samples - squares(columns + [none])).squareRoot()
        guard scale > 0 else { return nil }
        return (Double(right) * samples - zip(rows, columns).reduce(0) { $0 + $1.0 * $1.1 }) / scale
    }
}
