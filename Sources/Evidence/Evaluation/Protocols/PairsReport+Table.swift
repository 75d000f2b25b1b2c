import Datasets
import LikenessSupport

extension PairsReport {
    /// The report as text: one measure per line, with its name first.
    public var table: String {
        let lines =
            counts + [accuracyLine, ("AUC", decimal(auc, 5)), ("EER", percent(eer))] + rates + errorLines
            + bootstrapLines
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
            "\(percent(accuracy.mean)) ± \(decimal(100 * accuracy.standardError, 2)) (standard error over "
                + "\(counted(folds.count, "fold"))\(by)); thresholds from the other folds, "
                + "\(decimal(lowest, 4)) to \(decimal(highest, 4))"
        )
    }

    private var rates: [Line] {
        tar.map { rate in
            (
                "TAR at FMR \(significant(rate.falseMatchRate))",
                "\(percent(rate.value)) (\(significant(100 * level)) %: \(decimal(100 * rate.low, 2)) to "
                    + "\(decimal(100 * rate.high, 2))), threshold \(decimal(rate.threshold, 4))"
            )
        } + refused.map { ("TAR at FMR \(significant($0.falseMatchRate))", "refused: \($0.reason)") }
    }

    private var errorLines: [Line] {
        atThresholds.flatMap { errors -> [Line] in
            func text(_ rate: ErrorsAtThreshold.Rate) -> String {
                "\(percent(rate.value)) (\(significant(100 * level)) %: \(decimal(100 * rate.low, 2)) to "
                    + "\(decimal(100 * rate.high, 2))), \(rate.errors) of \(rate.pairs)"
            }
            let threshold = decimal(errors.threshold, 4)
            return [
                ("FNMR at threshold \(threshold)", text(errors.falseNonMatchRate)),
                ("FMR at threshold \(threshold)", text(errors.falseMatchRate)),
            ]
        }
    }

    private var bootstrapLines: [Line] {
        guard let bootstrap else { return [] }
        func span(_ low: Double, _ high: Double) -> String { "\(decimal(100 * low, 2)) to \(decimal(100 * high, 2)) %" }
        var lines = [
            ("", "resampling \(bootstrap.people) people, \(bootstrap.rounds) rounds, \(significant(100 * level)) %:")
        ]
        if let accuracy = bootstrap.accuracy { lines.append(("  accuracy", span(accuracy.low, accuracy.high))) }
        lines.append(("  AUC", "\(decimal(bootstrap.auc.low, 5)) to \(decimal(bootstrap.auc.high, 5))"))
        lines.append(("  EER", span(bootstrap.eer.low, bootstrap.eer.high)))
        return lines + bootstrap.tar.map { ("  TAR at FMR \(significant($0.falseMatchRate))", span($0.low, $0.high)) }
    }
}
