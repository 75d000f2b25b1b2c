import Evaluation

/// The results on a list of pairs in sentences and tables, with the models side by side.
struct PairsReportText {
    /// The results of a model, with the intervals from resampling people.
    struct Column {
        var name: String
        var report: PairsReport
        var bootstrap: SubjectBootstrap?
    }

    var columns: [Column]
    /// The unit of comparison: pictures or templates.
    var unit: String

    /// The main results, in sentences.
    var summary: [String] {
        guard let first = columns.first?.report else { return [] }
        var lines = [
            "\(Words.count(first.pairs)) pairs of \(unit): \(Words.count(first.matedPairs)) mated pairs (one person) "
                + "and \(Words.count(first.impostorPairs)) impostor pairs (two people). A pair matches if the "
                + "similarity of its faces reaches a threshold."
        ]
        lines += columns.map { column in
            var text = column.name
            if let accuracy = column.report.accuracy {
                text += " decides \(Words.percent(accuracy.mean)) of the pairs correctly"
            } else {
                text += " has an equal error rate of \(Words.percent(column.report.eer))"
            }
            if let rate = column.report.tar.min(by: { $0.falseMatchRate < $1.falseMatchRate }) {
                text += "; at a false match rate of at most \(Words.rate(rate.falseMatchRate)), it recognizes "
                text += "\(Words.percent(rate.value)) of the mated pairs"
            }
            return text + "."
        }
        return lines
    }

    /// The main results: a row for each, a column for each model.
    var figures: Page.Table {
        var rows: [[String]] = []
        func row(_ name: String, _ value: (Column) -> String) { rows.append([name] + columns.map(value)) }
        if columns.contains(where: { $0.report.accuracy != nil }) {
            row("Accuracy, mean of the folds") { column in
                guard let accuracy = column.report.accuracy else { return "–" }
                return Self.percent(accuracy.mean, column.bootstrap?.accuracy)
                    + " ± \(Words.fixed(100 * accuracy.standardError, 2))"
            }
        }
        row("Area under the ROC curve (AUC)") { column in
            let interval = column.bootstrap.map {
                " (\(Words.fixed($0.auc.low, 5)) – \(Words.fixed($0.auc.high, 5)))"
            }
            return Words.fixed(column.report.auc, 5) + (interval ?? "")
        }
        row("Equal error rate (EER)") { Self.percent($0.report.eer, $0.bootstrap?.eer) }
        for rate in rates {
            row("True match rate at FMR \(Words.rate(rate))") { column in
                guard let found = Self.entry(column, rate) else { return "refused" }
                return Words.percent(found.value, found.low, found.high)
            }
            row("… from resampling people") { column in
                column.bootstrap?.tar.first { $0.falseMatchRate == rate }
                    .map { "(\(Words.percent($0.low)) – \(Words.percent($0.high)))" } ?? "–"
            }
            row("… threshold") { Self.entry($0, rate).map { Words.similarity($0.threshold) } ?? "–" }
        }
        for (index, errors) in (columns.first?.report.atThresholds ?? []).enumerated() {
            let threshold = Words.similarity(errors.threshold)
            row("False non-match rate at threshold \(threshold)") {
                Self.text($0.report.atThresholds[index].falseNonMatchRate)
            }
            row("False match rate at threshold \(threshold)") {
                Self.text($0.report.atThresholds[index].falseMatchRate)
            }
        }
        row("Pictures that failed") { Words.count($0.report.failedImages) }
        row("Mated pairs with a failed picture (count as errors)") { Words.count($0.report.failedMatedPairs) }
        return Page.Table(columns: ["Figure"] + columns.map(\.name), rows: rows)
    }

    /// Notes that explain the results.
    var notes: [Page.Block] {
        guard let first = columns.first?.report else { return [] }
        let level = Words.rate(first.level)
        var notes: [Page.Block] = [
            .note(
                "In brackets: \(level) intervals. Those of true match rates are Clopper and Pearson's, for a fixed "
                    + "threshold and treating pairs as independent.")
        ]
        if let drawn = columns.first?.bootstrap {
            notes.append(
                .note(
                    "The other intervals are from resampling the \(Words.count(drawn.people)) people with replacement, "
                        + "\(Words.count(drawn.rounds)) times: they take into account that a person is in several "
                        + "pairs, and choose new thresholds each time."))
        }
        if first.accuracy != nil {
            notes.append(.note("After ±: the standard error over the folds, as usual for LFW."))
        }
        notes.append(.folded("Glossary", [.list(Self.glossary)]))
        return notes
    }

    /// The folds: a row for each, with the thresholds and accuracies of each model.
    var folds: Page.Table? {
        guard let first = columns.first?.report.folds, !first.isEmpty else { return nil }
        let heading = columns.flatMap { column -> [String] in
            let prefix = columns.count > 1 ? "\(column.name): " : ""
            return [prefix + "threshold from the other folds", prefix + "accuracy"]
        }
        let rows = first.indices.map { index in
            ["\(first[index].fold + 1)", Words.count(first[index].pairs)]
                + columns.flatMap { column -> [String] in
                    let fold = column.report.folds[index]
                    return [Words.similarity(fold.threshold), Words.percent(fold.accuracy)]
                }
        }
        return Page.Table(columns: ["Fold", "pairs"] + heading, rows: rows)
    }

    /// The statements for which there are too few pairs.
    var refusals: [String] {
        guard let first = columns.first?.report else { return [] }
        return first.refused.map(\.reason) + [
            "No false match rate below \(Words.rate(3 / Double(first.impostorPairs))) can be claimed from "
                + "\(Words.count(first.impostorPairs)) impostor pairs: even without an error among them, the rate "
                + "could still be that large (the rule of three, ISO/IEC 19795-1). To know a rate within 30 %, 30 "
                + "errors are needed.",
            "The thresholds were chosen on these pairs. With other people, cameras and light, the rates are different.",
        ]
    }

    /// The false match rates for which any model has a result.
    private var rates: [Double] {
        var rates: [Double] = []
        for column in columns {
            let all = column.report.tar.map(\.falseMatchRate) + column.report.refused.map(\.falseMatchRate)
            for rate in all where !rates.contains(rate) { rates.append(rate) }
        }
        return rates.sorted(by: >)
    }

    private static func entry(_ column: Column, _ rate: Double) -> TrueMatchRate? {
        column.report.tar.first { $0.falseMatchRate == rate }
    }

    private static func percent(_ value: Double, _ interval: SubjectBootstrap.Interval?) -> String {
        interval.map { Words.percent(value, $0.low, $0.high) } ?? Words.percent(value)
    }

    private static func text(_ rate: ErrorsAtThreshold.Rate) -> String {
        Words.percent(rate.value, rate.low, rate.high) + ", \(Words.count(rate.errors)) of \(Words.count(rate.pairs))"
    }

    private static let glossary = [
        "Mated pair: two pictures of one person. Impostor pair: pictures of two people.",
        "False match rate (FMR): the share of impostor pairs that match.",
        "True match rate (TAR): the share of mated pairs that match. False non-match rate (FNMR): the share that do "
            + "not.",
        "Equal error rate: the rate at the threshold at which the false match rate and the false non-match rate are "
            + "equal.",
        "AUC: the probability that a mated pair is more similar than an impostor pair.",
        "Accuracy: the share of correct decisions, in each fold with the threshold that is best on the others.",
    ]
}
