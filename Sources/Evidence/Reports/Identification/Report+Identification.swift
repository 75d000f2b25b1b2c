public import Evaluation
import Plots

/// The results of a model on searches in a gallery.
public struct IdentificationMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The searches for enrolled people.
    public var closedSet: ClosedSetIdentification
    /// The searches including people who are not enrolled; `nil` if all are enrolled.
    public var openSet: OpenSetIdentification?
    /// The errors at the requested rates.
    public var points: [OpenSetIdentification.Point]
    /// The reasons for rates that the searches do not support.
    public var refused: [String]
    /// The number of people that a search may return.
    public var rank: Int
    /// The numbers of people, pictures and searches.
    public var counts: [Page.Fact]
    /// The searches for strangers with the most similar results.
    public var falsePositives: [PicturePair]
    /// The searches for enrolled people that ranked another person first, or hardly found the subject.
    public var misses: [PicturePair]

    /// Creates a measurement from its parts.
    public init(
        model: MeasuredModel, closedSet: ClosedSetIdentification, openSet: OpenSetIdentification?,
        points: [OpenSetIdentification.Point], refused: [String], rank: Int, counts: [Page.Fact],
        falsePositives: [PicturePair] = [], misses: [PicturePair] = []
    ) {
        self.model = model
        self.closedSet = closedSet
        self.openSet = openSet
        self.points = points
        self.refused = refused
        self.rank = rank
        self.counts = counts
        self.falsePositives = falsePositives
        self.misses = misses
    }
}

extension Report {
    /// Creates the report of searches in a gallery.
    public init(identification measurement: IdentificationMeasurement, provenance: Provenance) {
        let cmc = measurement.cumulativeMatches
        var plots = ["cmc": cmc], tables = ["cmc": measurement.cumulativeMatchRows]
        var drawn = [cmc]
        if let open = measurement.openSetPlot {
            plots["fnir"] = open
            tables["fnir"] = measurement.openSetRows
            drawn.append(open)
        }
        var figures: [Page.Block] = [.table(measurement.rankTable)]
        if !measurement.points.isEmpty { figures.append(.table(measurement.openSetTable)) }
        figures.append(.note(IdentificationMeasurement.note))
        var sections = [
            Page.Section("Main figures", figures), Page.Section("Curves", [.plots(drawn)]),
        ]
        func pairs(_ title: String, _ text: String, _ pairs: [PicturePair]) {
            if !pairs.isEmpty { sections.append(Page.Section(title, [.text(text), .pairs(pairs)])) }
        }
        pairs(
            "Strangers most like somebody",
            "Left the search for somebody who is not enrolled, right the enrolled picture that was most alike: the worst "
                + "false positives.", measurement.falsePositives)
        pairs(
            "People hardly found",
            "Left the search, right the most alike enrolled picture of the same person: the worst misses.",
            measurement.misses)
        if !measurement.refused.isEmpty {
            sections.append(Page.Section("What these searches can't say", [.list(measurement.refused)]))
        }
        var provenance = provenance
        provenance.data += measurement.counts
        sections.append(provenance.section(models: [measurement.model]))
        let page = Page(
            title: "Face identification: \(measurement.model.name)", summary: measurement.summary, sections: sections)
        self.init(page: page, plots: plots, tables: tables)
    }
}

extension IdentificationMeasurement {
    fileprivate static let note =
        "In brackets: 95 % intervals (Clopper and Pearson), searches taken as independent. FPIR: the share of searches for "
        + "strangers that return anybody. FNIR: the share of searches for enrolled people that do not return them. Both "
        + "depend on how many people are enrolled."

    fileprivate var summary: [String] {
        var lines = [
            "\(Words.count(closedSet.searches)) searches for people among \(Words.count(closedSet.enrolledPeople)) who "
                + "are enrolled."
        ]
        if let first = closedSet.rate(rank: 1) {
            lines.append("\(model.name) puts the right person first in \(Words.percent(first.value)) of them.")
        }
        if let point = points.last, let rate = point.statedRate {
            lines.append(
                "Where \(Words.rate(rate)) of the strangers may be taken for somebody, it misses "
                    + "\(Words.percent(point.falseNegativeIdentificationRate.value)) of the enrolled.")
        }
        return lines
    }

    fileprivate var rankTable: Page.Table {
        let ranks = [1, 5, 10, 20, 50].compactMap { rank in closedSet.rate(rank: rank).map { (rank, $0) } }
        let rows = ranks.map { rank, rate in
            ["Rank \(rank)", Self.text(rate), "\(Words.count(rate.count)) of \(Words.count(rate.total))"]
        }
        return Page.Table(columns: ["The right person is among the first", "share", "searches"], rows: rows)
    }

    fileprivate var openSetTable: Page.Table {
        let rows = points.map { point in
            [
                point.statedRate.map(Words.rate) ?? "–", Self.text(point.falseNegativeIdentificationRate),
                point.falseNegativeInterval.map { "\(Words.percent($0.low)) – \(Words.percent($0.high))" } ?? "–",
                Self.text(point.falsePositiveIdentificationRate), Words.similarity(point.threshold),
            ]
        }
        let columns = ["At FPIR", "FNIR, rank \(rank)", "FNIR by drawing people", "observed FPIR", "threshold"]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate) -> String { Words.percent(rate.value, rate.low, rate.high) }

    /// The plot of the cumulative match characteristic.
    fileprivate var cumulativeMatches: Plot {
        let points = closedSet.cumulativeMatches.enumerated().map { index, rate in
            Plot.Point(Double(index + 1), rate.value, low: rate.low, high: rate.high)
        }
        return Plot(
            "CMC: found among the first", horizontal: Axis("rank", over: 1...Double(max(points.count, 2))),
            vertical: Axis("share of the searches (%)", scale: .percent, fitting: points.map(\.y) + [1]),
            series: [Plot.Series(model.name, points)])
    }

    fileprivate var cumulativeMatchRows: [[String]] {
        [["rank", "rate", "low", "high"]]
            + closedSet.cumulativeMatches.enumerated().map { ["\($0 + 1)", "\($1.value)", "\($1.low)", "\($1.high)"] }
    }

    /// The plot of misses against false positives; `nil` without strangers, or if none of them has a similarity.
    fileprivate var openSetPlot: Plot? {
        guard let openSet else { return nil }
        let points = openSet.curve(rank: rank).filter { $0.falsePositive > 0 }
            .map { Plot.Point($0.falsePositive, $0.falseNegative) }
        guard let least = points.first?.x else { return nil }
        return Plot(
            "Misses against strangers taken for somebody",
            horizontal: Axis("false positive identification rate", scale: .logarithmic, over: min(least, 0.1)...1),
            vertical: Axis(
                "false negative identification rate (%)", scale: .percent, fitting: points.map(\.y) + [0]),
            series: [Plot.Series("\(model.name), rank \(rank)", points)])
    }

    fileprivate var openSetRows: [[String]] {
        [["threshold", "fpir", "fnir"]]
            + (openSet?.curve(rank: rank) ?? []).map {
                ["\($0.threshold)", "\($0.falsePositive)", "\($0.falseNegative)"]
            }
    }
}
