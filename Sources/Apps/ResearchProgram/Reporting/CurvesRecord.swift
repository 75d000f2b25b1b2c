import Evaluation
import Foundation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements

/// The error curves of one or more models, for programs and people.
struct CurvesRecord: Encodable {
    /// A comparison of two models on the same pairs.
    typealias Contrast = NamedContrast<DistortionContrast>

    /// The results, in the order of the models.
    var models: [MeasuredReport<DistortionsRecord>]
    /// The comparisons of the first model with each other one.
    var comparisons: [Contrast]

    init(_ measured: [CurvesEvaluation.Measured], _ contrasts: [DistortionContrast], seed: UInt64) {
        models = measured.map {
            MeasuredReport(
                conditions: Conditions($0.conditions),
                report: DistortionsRecord(seed: seed, failures: $0.failures, curves: $0.curves))
        }
        comparisons = models.named(contrasts) { $0.conditions.model }
    }

    /// Encodes a single model as an object, and several models as a list.
    func encode(to encoder: any Encoder) throws {
        if let only = models.first, models.count == 1 {
            try only.encode(to: encoder)
        } else {
            try CurvesComparisonRecord(self).encode(to: encoder)
        }
    }

    /// The result as text for people: each model's errors, then the comparisons.
    var table: String {
        models.map { $0.conditions.text + $0.report.table }.joined(separator: "\n")
            + comparisons.map { "\n" + Self.text($0) }.joined()
    }

    private static func text(_ entry: Contrast) -> String {
        let (first, second) = (name(entry.first), name(entry.second))
        var table = TextTable(columns: [
            "kind", "strength", "matches %: \(second) - \(first)", "low", "high", "only \(first) is right",
            "only \(second) is right", "mid-p",
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

    /// A heading and a row for each point; with several models, the first column is the model.
    var rows: [[String]] {
        guard models.count > 1 else { return models.first?.report.curves.rows ?? [] }
        let heading = ["model"] + (models.first?.report.curves.rows.first ?? [])
        return [heading]
            + models.flatMap { model in model.report.curves.rows.dropFirst().map { [model.conditions.model] + $0 } }
    }

    /// Returns a model's name without the identity of its weights.
    private static func name(_ model: String) -> String { String(model.prefix { $0 != "@" }) }
}

/// The error curves of one model, for programs and people.
struct DistortionsRecord {
    var seed: UInt64
    /// The unaltered pictures without a face or unreadable.
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
            \(bare.falseNonMatchRate.total) mated and \(bare.falseMatchRate.total) impostor pairs, \
            \(counted(failures.count, "picture")) without a face before the alteration, or unreadable
            threshold \(decimal(curves.threshold, 4)), fixed at FMR \
            \(significant(curves.statedRate)) of the unaltered pairs

            """ + table.text
    }
}
