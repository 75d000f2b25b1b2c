public import Evaluation
import Foundation
import Plots

/// The results of a model on several groups of people, at one threshold for everyone.
public struct GroupMeasurement: Sendable {
    /// The groups of one label.
    public struct Label: Sendable {
        /// The name of the label.
        public var name: String
        /// The errors by group.
        public var errors: GroupErrors

        /// Creates a label with its errors.
        public init(name: String, errors: GroupErrors) { (self.name, self.errors) = (name, errors) }
    }

    /// The model and its settings.
    public var model: MeasuredModel
    /// The results by label.
    public var labels: [Label]
    /// The threshold, which is the same for everyone.
    public var threshold: Float
    /// The origin of the threshold, in words.
    public var thresholdSource: String
    /// The pictures without a face.
    public var failures: [PairsReport.FailedImage]

    /// Creates a measurement from its parts.
    public init(
        model: MeasuredModel, labels: [Label], threshold: Float, thresholdSource: String,
        failures: [PairsReport.FailedImage] = []
    ) {
        self.model = model
        self.labels = labels
        self.threshold = threshold
        self.thresholdSource = thresholdSource
        self.failures = failures
    }
}

extension Report {
    /// Creates the report of errors by group: two plots and a table for each label.
    public init(groups measurement: GroupMeasurement, provenance: Provenance) {
        var plots: [String: Plot] = [:], sections: [Page.Section] = []
        for (index, label) in measurement.labels.enumerated() {
            var drawn: [Plot] = []
            for (rate, plot) in label.plots {
                plots["\(rate)-\(index + 1)"] = plot
                drawn.append(plot)
            }
            sections.append(Page.Section("By \(label.name)", [.plots(drawn), .table(label.table)] + label.inequities))
        }
        sections.append(Page.Section("How to read the results", [.list(GroupMeasurement.notes)]))
        if !measurement.failures.isEmpty {
            let rows = measurement.failures.map { [$0.image, $0.reason] }
            let table = Page.Table(columns: ["Picture", "Reason"], rows: rows, hasNumbers: false)
            sections.append(Page.Section("Pictures without a face", [.folded("Show them", [.table(table)])]))
        }
        var provenance = provenance
        provenance.data.append(
            Page.Fact("Threshold", "\(Words.similarity(measurement.threshold)): \(measurement.thresholdSource)"))
        sections.append(provenance.section(models: [measurement.model]))
        let rows = GroupErrors.columns + measurement.labels.flatMap { $0.errors.rows($0.name) }
        let page = Page(
            title: "Errors by group: \(measurement.model.name)", summary: measurement.summary, sections: sections)
        self.init(page: page, plots: plots, tables: ["groups": rows])
    }
}

extension GroupMeasurement {
    fileprivate static let notes = [
        "False match rate (FMR) of a group: the share of impostor pairs within the group that match. Two people of "
            + "different groups are usually less similar, and counted separately: \"two groups\".",
        "False non-match rate (FNMR): the share of mated pairs that do not match. A picture without a face never "
            + "matches.",
        "In brackets after a rate: 95 % intervals (Clopper and Pearson). Pairs are treated as independent, but they "
            + "are not, because they share people: the true intervals are wider, most of all if a group has few "
            + "people.",
        "From resampling people: 95 % intervals from drawing the list's people with replacement, all groups together. "
            + "A pair of two people is weighted by the product of their numbers of draws, a mated pair by the person's "
            + "number of draws.",
        "A ratio of two small counts is large by chance: look at its interval before trusting it (NISTIR 8429). The "
            + "interval applies to these two groups; it does not take into account that they were selected as the "
            + "extremes of several.",
        "The labels come from the list. It is not known here who chose them, or by which criteria.",
    ]

    fileprivate var summary: [String] {
        var lines = [
            "\(model.name) decides at the threshold \(Words.similarity(threshold)) for everyone (\(thresholdSource))."
        ]
        for label in labels {
            guard let inequity = label.errors.falseMatchInequity, inequity.worst != inequity.best else { continue }
            var line = "By \(label.name), different people match most often among \(inequity.worst)"
            if let ratio = inequity.ratioToBest {
                line += ", \(Words.fixed(ratio, 1)) times as often as among \(inequity.best)"
            }
            lines.append(line + ".")
        }
        return lines
    }
}

extension GroupMeasurement.Label {
    /// The plots of each rate that at least one group has, with a disc for each group.
    fileprivate var plots: [(rate: String, plot: Plot)] {
        [
            ("fmr", plot("False match rate by \(name)", \.falseMatchRate)),
            ("fnmr", plot("False non-match rate by \(name)", \.falseNonMatchRate)),
        ].compactMap { rate, plot in plot.map { (rate, $0) } }
    }

    private func plot(_ title: String, _ rate: (GroupErrors.Group) -> ObservedRate?) -> Plot? {
        let points = errors.groups.enumerated().compactMap { index, group in
            rate(group).map { Plot.Point(Double(index), $0.value, low: $0.low, high: $0.high) }
        }
        guard !points.isEmpty else { return nil }
        let highs = points.compactMap(\.high)
        return Plot(
            title,
            horizontal: Axis(
                "", scale: .names(errors.groups.map(\.name)), over: -0.5...Double(errors.groups.count) - 0.5),
            vertical: Axis("share of pairs (%)", scale: .percent, fitting: [0] + highs),
            series: [Plot.Series("95 % intervals", points, shape: .discs)])
    }

    fileprivate var table: Page.Table {
        var rows = errors.groups.map { group in
            [
                group.name, group.size.map { Words.count($0.people) } ?? "–",
                group.size.map { Words.count($0.pictures) } ?? "–",
                group.size.map { Words.count($0.failedPictures) } ?? "–", Self.text(group.falseMatchRate),
                Self.text(group.falseMatchInterval), Self.text(group.falseNonMatchRate),
                Self.text(group.falseNonMatchInterval),
            ]
        }
        if let across = errors.acrossGroups {
            rows.append(["two groups", "–", "–", "–", Self.text(across), "–", "–", "–"])
        }
        let columns = [
            name, "people", "pictures", "no face", "false match rate", "from resampling people", "false non-match rate",
            "from resampling people",
        ]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate?) -> String {
        guard let rate else { return "–" }
        return Words.percent(rate.value, rate.low, rate.high)
            + ", \(Words.count(rate.count)) of \(Words.count(rate.total))"
    }

    private static func text(_ interval: SubjectBootstrap.Interval?) -> String {
        interval.map { "\(Words.percent($0.low)) – \(Words.percent($0.high))" } ?? "–"
    }

    fileprivate var inequities: [Page.Block] {
        let measured = [("FMR", errors.falseMatchInequity), ("FNMR", errors.falseNonMatchInequity)]
        let rows = measured.compactMap { rate, inequity in
            // If all groups have the same rate, none is the worst.
            inequity.flatMap { inequity -> [String]? in
                inequity.worst == inequity.best
                    ? nil
                    : [
                        rate, inequity.worst, inequity.best,
                        Self.factor(inequity.ratioToBest, inequity.ratioToBestInterval),
                        Self.factor(inequity.ratioToGeometricMean, inequity.ratioToGeometricMeanInterval),
                    ]
            }
        }
        guard !rows.isEmpty else { return [] }
        let columns = ["Rate", "highest", "lowest", "highest / lowest", "highest / geometric mean"]
        return [.table(Page.Table(columns: columns, rows: rows))]
    }

    private static func factor(_ ratio: Double?, _ interval: SubjectBootstrap.Interval?) -> String {
        guard let ratio else { return "– (a rate is 0)" }
        let span = interval.map { " (\(Words.fixed($0.low, 2)) – \(Words.fixed($0.high, 2)))" } ?? ""
        return Words.fixed(ratio, 2) + span
    }
}

extension GroupErrors {
    /// The heading of ``rows(_:)``.
    public static let columns = [
        [
            "label", "group", "people", "pictures", "failedPictures", "fmr", "fmrLow", "fmrHigh", "impostorPairs",
            "fnmr", "fnmrLow", "fnmrHigh", "matedPairs", "fmrLowByPeople", "fmrHighByPeople", "fnmrLowByPeople",
            "fnmrHighByPeople",
        ]
    ]

    /// Returns a row for each group, and one for comparisons between groups, with empty fields for missing rates.
    ///
    /// - Parameter label: The name of the label.
    public func rows(_ label: String) -> [[String]] {
        func fields(_ rate: ObservedRate?) -> [String] {
            rate.map { ["\($0.value)", "\($0.low)", "\($0.high)", "\($0.total)"] } ?? ["", "", "", ""]
        }
        func ends(_ interval: SubjectBootstrap.Interval?) -> [String] {
            interval.map { ["\($0.low)", "\($0.high)"] } ?? ["", ""]
        }
        let own = groups.map { group in
            let size = group.size.map { ["\($0.people)", "\($0.pictures)", "\($0.failedPictures)"] } ?? ["", "", ""]
            let rates = fields(group.falseMatchRate) + fields(group.falseNonMatchRate)
            return [label, group.name] + size + rates + ends(group.falseMatchInterval)
                + ends(group.falseNonMatchInterval)
        }
        guard let acrossGroups else { return own }
        return own + [[label, "(two groups)", "", "", ""] + fields(acrossGroups) + fields(nil) + ends(nil) + ends(nil)]
    }
}

extension Scale {
    /// A scale with names at 0, 1, 2, …, shortened to the available room.
    fileprivate static func names(_ names: [String]) -> Scale {
        // The approximate number of letters that fit into the width of a small plot.
        let room = max(3, 52 / max(names.count, 1))
        return Scale(
            position: { $0 },
            ticks: { _ in
                names.enumerated().map { index, name in
                    Tick(Double(index), name.count > room ? name.prefix(room - 1) + "…" : name)
                }
            })
    }
}
