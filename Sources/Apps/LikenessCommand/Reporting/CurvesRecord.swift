import Evaluation
import Foundation
import LikenessRecords
import LikenessSupport
import Measurements

/// The curves of one model or of several, for programs and people.
struct CurvesRecord: Encodable {
    /// Two models on the same pairs.
    typealias Contrast = NamedContrast<DistortionContrast>

    /// By model, the first one first.
    var models: [MeasuredReport<DistortionsRecord>]
    /// The first model with each other one.
    var comparisons: [Contrast]

    init(_ measured: [CurvesEvaluation.Measured], _ contrasts: [DistortionContrast], seed: UInt64) {
        models = measured.map {
            MeasuredReport(
                conditions: Conditions($0.conditions),
                report: DistortionsRecord(seed: seed, failures: $0.failures, curves: $0.curves))
        }
        comparisons = models.named(contrasts) { $0.conditions.model }
    }

    /// One model is an object of its own; several are in a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try only.encode(to: encoder)
        } else {
            try CurvesComparisonRecord(self).encode(to: encoder)
        }
    }

    /// For people: each model's errors, and what the first one and each other one differ in.
    var table: String {
        models.map { $0.conditions.text + $0.report.table }.joined(separator: "\n")
            + comparisons.map { "\n" + Self.text($0) }.joined()
    }

    private static func text(_ entry: Contrast) -> String {
        let (first, second) = (name(entry.first), name(entry.second))
        var table = TextTable(columns: [
            "kind", "strength", "matches %: \(second) - \(first)", "low", "high", "only \(first) right",
            "only \(second) right", "mid-p",
        ])
        for point in entry.contrast.points {
            let values = point.trueMatchRate.map { [$0.difference, $0.interval.low, $0.interval.high] }
            let numbers = values.map { $0.map { signed(100 * $0, 2) } } ?? ["-", "-", "-"]
            let test = point.mcNemar
            table.append(
                [point.kind ?? "unaltered", significant(point.strength)] + numbers + [
                    "\(test.onlyFirstRight)", "\(test.onlySecondRight)", decimal(test.midP, 4),
                ])
        }
        return table.text
    }

    /// A heading and a row for each point; of several models with the model before it.
    var rows: [[String]] {
        guard models.count > 1 else { return models.first?.report.curves.rows ?? [] }
        let heading = ["model"] + (models.first?.report.curves.rows.first ?? [])
        return [heading]
            + models.flatMap { model in model.report.curves.rows.dropFirst().map { [model.conditions.model] + $0 } }
    }

    /// A model without its weights.
    private static func name(_ model: String) -> String { String(model.prefix { $0 != "@" }) }
}

/// The curves of one model, for programs and people.
struct DistortionsRecord {
    var seed: UInt64
    /// Pictures without a face as they are.
    var failures: [PairsReport.FailedImage]
    var curves: DistortionCurves

    var table: String {
        let bare = curves.unaltered
        var table = TextTable(columns: ["kind", "strength", "FNMR %", "FMR %", "accuracy %", "mated without a face"])
        func add(_ kind: String, _ point: DistortionCurves.Point) {
            table.append([
                kind, significant(point.strength), point.falseNonMatchRate.percentage,
                point.falseMatchRate.percentage, decimal(100 * point.accuracy.value, 2),
                "\(point.failedMatedPairs)",
            ])
        }
        add("unaltered", bare)
        for curve in curves.curves {
            for point in curve.points { add(curve.kind, point) }
        }
        return """
            \(bare.falseNonMatchRate.total) mated and \(bare.falseMatchRate.total) impostor pairs, \(counted(failures.count, "picture")) \
            without a face as they are or unreadable
            threshold \(decimal(curves.threshold, 4)), fixed at FMR \
            \(significant(curves.statedRate)) of the pairs as they are

            """ + table.text
    }
}
