import Augmentation
import Evaluation
import Foundation
import LikenessRecords
import Recognition
import Reports

/// What a model says of pairs, as they are and spoiled.
struct MeasuredCurves {
    /// The pairs under one distortion.
    struct Altered {
        var distortion: Distortion
        /// In the list's order.
        var comparisons: [Comparison]
    }

    var recognizer: Recognizer
    var record: MeasuredReport<DistortionsRecord>
    /// The pairs as they are.
    var unaltered: [Comparison]
    /// In the order in which they were measured.
    var altered: [Altered]

    var curves: DistortionCurves { record.report.curves }
}

extension DistortionContrast {
    /// Two models on the same pairs.
    init(_ first: MeasuredCurves, _ second: MeasuredCurves) throws {
        try self.init(
            unaltered: (first.unaltered, second.unaltered),
            thresholds: (first.curves.threshold, second.curves.threshold))
        for (one, other) in zip(first.altered, second.altered) {
            try add(
                (one.comparisons, other.comparisons), kind: one.distortion.kind.rawValue,
                strength: one.distortion.number)
        }
    }
}

extension Distortion {
    /// The strength as it was written: 0.3 is 0.3.
    var number: Double { Double("\(strength)") ?? Double(strength) }
}

/// The curves of one model or of several, for programs and people.
struct CurvesRecord: Encodable {
    /// Two models on the same pairs.
    typealias Contrast = NamedContrast<DistortionContrast>

    /// By model, the first one first.
    var models: [MeasuredReport<DistortionsRecord>]
    /// The first model with each other one.
    var comparisons: [Contrast]

    init(_ measured: [MeasuredCurves]) throws {
        models = measured.map(\.record)
        comparisons = []
        guard let first = measured.first else { return }
        for other in measured.dropFirst() {
            comparisons.append(
                Contrast(
                    first: first.record.conditions.model, second: other.record.conditions.model,
                    contrast: try DistortionContrast(first, other)))
        }
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
            let numbers = values.map { $0.map { String(format: "%+.2f", 100 * $0) } } ?? ["-", "-", "-"]
            let test = point.mcNemar
            table.append(
                [point.kind ?? "unaltered", point.strength.map { String(format: "%g", $0) } ?? "-"] + numbers + [
                    "\(test.onlyFirstRight)", "\(test.onlySecondRight)", String(format: "%.4f", test.midP),
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
                kind, point.strength.map { String(format: "%g", $0) } ?? "-", point.falseNonMatchRate.percentage,
                point.falseMatchRate.percentage, String(format: "%.2f", 100 * point.accuracy.value),
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
            threshold \(String(format: "%.4f", curves.threshold)), fixed at FMR \
            \(String(format: "%g", curves.statedRate)) of the pairs as they are

            """ + table.text
    }
}
