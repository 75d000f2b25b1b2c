import Evaluation
import Foundation
import LikenessCommand
import LikenessSupport
import Measurements
import Reports

/// The error rates by group, for programs and people.
struct GroupsRecord {
    /// The groups of one column, or of a combination of columns.
    struct Label {
        var label: String
        var errors: GroupErrors
    }

    var threshold: Float
    /// The false match rate of the threshold; `nil` if the user gave the threshold.
    var statedFMR: Double?
    /// The source of the threshold: `card`, `list` or `given`.
    var thresholdFrom: String
    var pictures: Int
    /// The number of named people.
    var people: Int
    /// The pictures without a face or unreadable.
    var failures: [PairsReport.FailedImage]
    var labels: [Label]

    /// The source of the threshold, in words.
    private var source: String { GroupThreshold.words(name: thresholdFrom, rate: statedFMR) }

    var table: String {
        var text = """
            \(counted(pictures, "picture")), \(counted(people, "person", "people")) named, \(failures.count) without a \
            face or unreadable
            threshold \(decimal(threshold, 4)) (\(source))

            """
        for entry in labels { text += "\n" + Self.table(entry) }
        return text
    }

    private static func table(_ entry: Label) -> String {
        let drawn = entry.errors.bootstrapRounds != nil ? ["bootstrap interval"] : []
        var table = TextTable(
            columns: [entry.label, "people", "pictures", "no face", "FMR %"] + drawn + ["FNMR %"] + drawn)
        for group in entry.errors.groups {
            let size = group.size
            let sizes = size.map { ["\($0.people)", "\($0.pictures)", "\($0.failedPictures)"] } ?? ["-", "-", "-"]
            let matches =
                [group.falseMatchRate?.percentage ?? "-"] + drawn.map { _ in Self.span(group.falseMatchInterval) }
            let misses =
                [group.falseNonMatchRate?.percentage ?? "-"] + drawn.map { _ in Self.span(group.falseNonMatchInterval) }
            table.append([group.name] + sizes + matches + misses)
        }
        var text = table.text
        if let across = entry.errors.acrossGroups { text += "between groups: FMR \(across.percentage) %\n" }
        for (rate, inequity) in [
            ("FMR", entry.errors.falseMatchInequity), ("FNMR", entry.errors.falseNonMatchInequity),
        ] {
            // If all groups have the same rate, none is worst.
            if let inequity, inequity.worst != inequity.best { text += line(rate, inequity) }
        }
        return text
    }

    /// Returns an interval in percent as text; `-` for `nil`.
    private static func span(_ interval: SubjectBootstrap.Interval?) -> String {
        interval.map { "\(decimal(100 * $0.low, 2)) to \(decimal(100 * $0.high, 2))" } ?? "-"
    }

    private static func line(_ rate: String, _ inequity: GroupErrors.Inequity) -> String {
        func factor(_ value: Double?, _ interval: SubjectBootstrap.Interval?) -> String {
            let span = interval.map { String(format: " (%.2f to %.2f, bootstrap over people)", $0.low, $0.high) } ?? ""
            return (value.map { decimal($0, 2) } ?? "-") + span
        }
        return "\(rate): highest \(inequity.worst), lowest \(inequity.best); highest to lowest "
            + factor(inequity.ratioToBest, inequity.ratioToBestInterval) + ", to the geometric mean "
            + factor(inequity.ratioToGeometricMean, inequity.ratioToGeometricMeanInterval) + "\n"
    }

    /// A heading and a row for each group.
    var rows: [[String]] { GroupErrors.columns + labels.flatMap { $0.errors.rows($0.label) } }
}
