import Evaluation
import LikenessCommand
import LikenessRecords
import LikenessSupport
import Measurements

/// The error-versus-discard curves, for programs and people.
struct QualityRecord {
    var result: QualityEvaluation.Result

    var table: String {
        let report = result.report
        let source = GroupThreshold.words(name: result.source.name, rate: result.source.rate)
        let rate = 100 * Double(report.falseNonMatches) / Double(report.matedPairs)
        var text = """
            \(counted(result.pictures, "picture")); \(result.failedImages) of them, without a face or unreadable, left out
            \(counted(report.faces, "face")); \(counted(report.people, "person", "people")) with two or more
            threshold \(decimal(result.threshold, 4)) (\(source)): \(report.falseNonMatches) of \
            \(report.matedPairs) mated pairs don't match, FNMR \(decimal(rate, 3)) %

            """
        guard report.falseNonMatches > 0 else {
            return text + "\nThere are no errors that refusing faces could remove.\n"
        }
        for (place, point) in (report.criteria.first?.curve.points.dropFirst() ?? []).enumerated() {
            guard point.refused > 0 else {
                text += "\n\(decimal(100 * point.share, 1)) % of the faces: none, because there are too few\n"
                continue
            }
            var table = TextTable(columns: ["refused by", "FNMR %", "fall %", "interval", "quality's lead", "interval"])
            for criterion in report.criteria { table.append(Self.row(criterion, place + 1)) }
            text +=
                "\n\(decimal(100 * point.share, 1)) % of the faces refused: \(counted(point.refused, "face"))\n"
                + table.text
        }
        return text
    }

    private static func row(_ criterion: ErrorDiscardReport.Criterion, _ place: Int) -> [String] {
        func percent(_ value: Double?, _ decimals: Int) -> String { value.map { decimal(100 * $0, decimals) } ?? "-" }
        func span(_ interval: SubjectBootstrap.Interval?) -> String {
            interval.map { "\(decimal(100 * $0.low, 1)) to \(decimal(100 * $0.high, 1))" } ?? "-"
        }
        return [
            criterion.name, percent(criterion.curve.points[place].falseNonMatchRate, 3),
            percent(criterion.falls[place], 1), span(criterion.fallIntervals[place]),
            percent(criterion.leads[place], 1), span(criterion.leadIntervals[place]),
        ]
    }

    /// A heading and a row for each point of each curve.
    var rows: [[String]] {
        [
            [
                "criterion", "share", "refused", "matedPairs", "falseNonMatches", "fnmr", "fall", "fallLow", "fallHigh",
                "lead", "leadLow", "leadHigh",
            ]
        ]
            + result.report.criteria.flatMap { criterion in
                criterion.curve.points.enumerated().map { place, point in
                    let interval = criterion.fallIntervals[place], lead = criterion.leadIntervals[place]
                    return [
                        criterion.name, "\(point.share)", "\(point.refused)", "\(point.matedPairs)",
                        "\(point.falseNonMatches)", Self.field(point.falseNonMatchRate),
                        Self.field(criterion.falls[place]), Self.field(interval?.low), Self.field(interval?.high),
                        Self.field(criterion.leads[place]), Self.field(lead?.low), Self.field(lead?.high),
                    ]
                }
            }
    }

    private static func field(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}

extension QualityRecord: EvaluationReport {
    func record(under conditions: ConditionsRecord) -> QualityEvaluationRecord {
        QualityEvaluationRecord(
            threshold: result.threshold, statedFMR: result.source.rate, thresholdFrom: result.source.name,
            pictures: result.pictures, failedImages: result.failedImages, faces: result.report.faces,
            people: result.report.people,
            criteria: result.report.criteria.map { criterion in
                QualityEvaluationRecord.Criterion(
                    name: criterion.name,
                    points: criterion.curve.points.enumerated().map { place, point in
                        QualityEvaluationRecord.Point(
                            share: point.share, refused: point.refused, matedPairs: point.matedPairs,
                            falseNonMatches: point.falseNonMatches, fnmr: point.falseNonMatchRate,
                            fall: criterion.falls[place],
                            fallInterval: criterion.fallIntervals[place].map { IntervalRecord($0) },
                            lead: criterion.leads[place],
                            leadInterval: criterion.leadIntervals[place].map { IntervalRecord($0) })
                    })
            }, conditions: conditions)
    }
}
