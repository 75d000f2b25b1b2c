import Evaluation
import Faces
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements

/// The result of a calibration, with its test on held-out people.
struct CalibrationRecord {
    var model: String
    var calibration: MatchCalibration
    var thresholds: AdaptiveThresholds
    var probability: ProbabilityCalibration
    /// The share of mated pairs whose similarity is typical of impostor pairs, which suggests wrong labels.
    var mislabelled: Double
    /// The test of a calibration that was fitted on half of the people, on the other half.
    var heldOut: DecisionComparison

    init(_ result: CalibrationEvaluation.Result) {
        model = result.model.identity.description
        (calibration, thresholds, probability) = (result.calibration, result.thresholds, result.probability)
        (mislabelled, heldOut) = (result.mislabelled, result.heldOut)
    }

    var table: String {
        var cells = TextTable(columns: [
            "condition", "stated", "threshold", "observed/stated", "one threshold", "expected",
        ])
        for cell in heldOut.cells {
            cells.append([
                cell.name, significant(cell.statedRate), decimal(cell.threshold, 4),
                decimal(cell.ratio, 2), decimal(cell.oneRatio, 2),
                decimal(cell.expected, 0),
            ])
        }
        var missed = TextTable(columns: [
            "FMR over all conditions", "FNMR, one threshold", "FNMR, by condition", "FNMR, likelihood ratio",
        ])
        for entry in heldOut.missed {
            missed.append([
                significant(entry.falseMatchRate), percentage(entry.one), percentage(entry.byCondition),
                percentage(entry.likelihoodRatio),
            ])
        }
        // Tables without rows are left out.
        let tested =
            (heldOut.cells.isEmpty ? "no condition has enough comparisons for a test\n" : cells.text)
            + (heldOut.missed.isEmpty ? "" : missed.text)
        return Terminal.bold("fitted on half of the people, tested on the other half") + "\n" + tested
            + "\(counted(thresholds.cells.count, "cell")); "
            + "\(percentage(mislabelled)) of mated pairs look like impostor pairs\n"
            + calibration.table
    }
}
