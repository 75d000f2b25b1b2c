import Evaluation
import Foundation
import LikenessSupport
import Measurements
import Reports

/// Errors by group, for programs and people.
struct GroupsRecord {
    /// The groups of one column, or of several crossed.
    struct Label {
        var label: String
        var errors: GroupErrors
    }

    var threshold: Float
    /// The false match rate that the threshold is for; `nil` where it was given.
    var statedFMR: Double?
    /// `card`, `list` or `given`.
    var thresholdFrom: String
    var pictures: Int
    /// Who are named.
    var people: Int
    /// Pictures without a face, and those that can't be read.
    var failures: [PairsReport.FailedImage]
    var labels: [Label]

    /// Where the threshold is from, in words.
    private var source: String { GroupThreshold.words(name: thresholdFrom, rate: statedFMR) }

    var table: String {
        var text = """
            \(counted(pictures, "picture")), \(counted(people, "person", "people")) named, \(failures.count) without a face or \
            unreadable
            threshold \(decimal(threshold, 4)) (\(source))

            """
        for entry in labels { text += "\n" + Self.table(entry) }
        return text
    }

    private static func table(_ entry: Label) -> String {
        let drawn = entry.errors.bootstrapRounds != nil ? ["people drawn"] : []
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
        if let across = entry.errors.acrossGroups { text += "two groups: FMR \(across.percentage) %\n" }
        for (rate, inequity) in [
            ("FMR", entry.errors.falseMatchInequity), ("FNMR", entry.errors.falseNonMatchInequity),
        ] {
            // Where all groups have one rate nobody is worst.
            if let inequity, inequity.worst != inequity.best { text += line(rate, inequity) }
        }
        return text
    }

    /// An interval of a rate, in percent.
    private static func span(_ interval: SubjectBootstrap.Interval?) -> String {
        interval.map { "\(decimal(100 * $0.low, 2)) to \(decimal(100 * $0.high, 2))" } ?? "-"
    }

    private static func line(_ rate: String, _ inequity: GroupErrors.Inequity) -> String {
        func factor(_ value: Double?, _ interval: SubjectBootstrap.Interval?) -> String {
            let span = interval.map { " (\(decimal($0.low, 2)) to \(decimal($0.high, 2)), people drawn)" } ?? ""
            return decimal(value, 2) + span
        }
        return "\(rate): highest \(inequity.worst), lowest \(inequity.best); highest to lowest "
            + factor(inequity.ratioToBest, inequity.ratioToBestInterval) + ", to the geometric mean "
            + factor(inequity.ratioToGeometricMean, inequity.ratioToGeometricMeanInterval) + "\n"
    }

    /// A heading and a row for each group.
    var rows: [[String]] { GroupErrors.columns + labels.flatMap { $0.errors.rows($0.label) } }
}
