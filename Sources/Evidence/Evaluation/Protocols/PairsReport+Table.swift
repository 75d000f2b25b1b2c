import Datasets
import Foundation

extension PairsReport {
    /// The report as text: one measure per line, with its name first.
    public var table: String {
        let lines =
            counts + [accuracyLine, ("AUC", fixed(auc, 5)), ("EER", percent(eer))] + rates + errorLines + bootstrapLines
        let width = (lines.map(\.0.count).max() ?? 0) + 2
        return lines.map { name, value in
            name + String(repeating: " ", count: width - name.count) + value + "\n"
        }.joined()
    }

    private typealias Line = (String, String)

    private var counts: [Line] {
        let failedPairs = failedMatedPairs + failedImpostorPairs
        var lines = [("pairs", "\(pairs): \(matedPairs) mated, \(impostorPairs) impostor")]
        lines.append(("failed pictures", "\(failedImages)"))
        if failedPairs > 0 {
            lines.append(
                (
                    "failed pairs",
                    "\(failedPairs), which never \(failedPairs == 1 ? "matches" : "match"): \(failedMatedPairs) mated "
                        + "(errors), \(failedImpostorPairs) impostor (correct)"
                ))
        }
        return lines
    }

    private var accuracyLine: Line {
        guard let accuracy, let lowest = folds.map(\.threshold).min(), let highest = folds.map(\.threshold).max() else {
            return ("accuracy", "none: all pairs are in one fold")
        }
        let by = folding == .dealt ? ", assigned in list order: a person may be in several" : ""
        return (
            "accuracy",
            "\(percent(accuracy.mean)) ± \(fixed(100 * accuracy.standardError, 2)) (standard error over "
                + "\(folds.count) \(folds.count == 1 ? "fold" : "folds")\(by)); thresholds from the other folds, "
                + "\(fixed(Double(lowest), 4)) to \(fixed(Double(highest), 4))"
        )
    }

    private var rates: [Line] {
        tar.map { rate in
            (
                "TAR at FMR \(short(rate.falseMatchRate))",
                "\(percent(rate.value)) (\(short(100 * level)) %: \(fixed(100 * rate.low, 2)) to "
                    + "\(fixed(100 * rate.high, 2))), threshold \(fixed(Double(rate.threshold), 4))"
            )
        } + refused.map { ("TAR at FMR \(short($0.falseMatchRate))", "refused: \($0.reason)") }
    }

    private var errorLines: [Line] {
        atThresholds.flatMap { errors -> [Line] in
            func text(_ rate: ErrorsAtThreshold.Rate) -> String {
                "\(percent(rate.value)) (\(short(100 * level)) %: \(fixed(100 * rate.low, 2)) to "
                    + "\(fixed(100 * rate.high, 2))), \(rate.errors) of \(rate.pairs)"
            }
            let threshold = fixed(Double(errors.threshold), 4)
            return [
                ("FNMR at threshold \(threshold)", text(errors.falseNonMatchRate)),
                ("FMR at threshold \(threshold)", text(errors.falseMatchRate)),
            ]
        }
    }

    private var bootstrapLines: [Line] {
        guard let bootstrap else { return [] }
        func span(_ low: Double, _ high: Double) -> String { "\(fixed(100 * low, 2)) to \(fixed(100 * high, 2)) %" }
        var lines = [
            ("", "resampling \(bootstrap.people) people, \(bootstrap.rounds) rounds, \(short(100 * level)) %:")
        ]
        if let accuracy = bootstrap.accuracy { lines.append(("  accuracy", span(accuracy.low, accuracy.high))) }
        lines.append(("  AUC", "\(fixed(bootstrap.auc.low, 5)) to \(fixed(bootstrap.auc.high, 5))"))
        lines.append(("  EER", span(bootstrap.eer.low, bootstrap.eer.high)))
        return lines + bootstrap.tar.map { ("  TAR at FMR \(short($0.falseMatchRate))", span($0.low, $0.high)) }
    }

    private func percent(_ share: Double) -> String { "\(fixed(100 * share, 2)) %" }

    private func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private func short(_ value: Double) -> String { String(format: "%g", value) }
}
