import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport

extension CardReport {
    /// The test of the card as text for people.
    var table: String {
        var text = ""
        for point in points {
            let errors = point.errors
            text += Terminal.bold("the card at FMR \(significant(point.statedRate))")
            text += ": threshold \(decimal(errors.threshold, 4)), FMR \(errors.falseMatchRate.text) "
            // With fewer than three expected false matches, the rate can't be distinguished from 0 (the rule of three).
            let expected = point.statedRate * Double(point.errors.falseMatchRate.pairs)
            let verdict = point.holds ? (expected < 3 ? "(too few pairs to tell)" : "(holds)") : "(DOES NOT HOLD)"
            text += verdict
            text += ", FNMR \(errors.falseNonMatchRate.text)\n"
        }
        for report in adaptive { text += report.table }
        guard !probabilities.isEmpty else { return text }
        var table = TextTable(columns: ["condition", "ECE", "equal-mass ECE", "Brier", "pairs"])
        for entry in probabilities {
            table.append([
                entry.name, decimal(entry.quality.expectedCalibrationError, 4),
                decimal(entry.quality.equalMassCalibrationError, 4),
                decimal(entry.quality.brierScore, 4), "\(entry.quality.count)",
            ])
        }
        return text + Terminal.bold("the card's probabilities") + "\n" + table.text
    }
}

extension ErrorsAtThreshold.Rate {
    /// The rate and its interval, such as `0.10 % (0.08 to 0.13)`.
    var text: String { percent(value, low, high) }
}

extension AdaptiveThresholdReport {
    /// A table with a row for each condition.
    var table: String {
        var table = TextTable(columns: [
            "condition", "FMR", "FNMR", "adaptive FMR", "adaptive FNMR", "FNMR at equal FMR", "mated", "impostor",
        ])
        for condition in conditions {
            table.append([
                condition.name, condition.global.falseMatchRate.text, condition.global.falseNonMatchRate.text,
                condition.adaptive.falseMatchRate.text, condition.adaptive.falseNonMatchRate.text,
                condition.globalAtEqualRate.falseNonMatchRate.text,
                "\(condition.global.falseNonMatchRate?.total ?? 0)", "\(condition.global.falseMatchRate?.total ?? 0)",
            ])
        }
        let name = "stated FMR \(significant(statedRate)), one threshold \(decimal(globalThreshold, 4))"
        return Terminal.bold(name) + "\n" + table.text
    }
}

extension ObservedRate? {
    /// The rate and its interval, such as `0.10 % (0.08 to 0.13)`; `-` for `nil`.
    var text: String {
        map { percent($0.value, $0.low, $0.high) } ?? "-"
    }
}
