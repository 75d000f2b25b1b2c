public import Evaluation
import Plots

/// The results of a model in gallery searches.
public struct IdentificationMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The searches for enrolled people.
    public var closedSet: ClosedSetIdentification
    /// The results including searches for people who are not enrolled; `nil` if everyone is enrolled.
    public var openSet: OpenSetIdentification?
    /// The errors at the requested rates.
    public var points: [OpenSetIdentification.Point]
    /// The reasons why some rates are not supported by the searches.
    public var refused: [String]
    /// The number of people that a search may return.
    public var rank: Int
    /// The numbers of people, pictures and searches.
    public var counts: [Page.Fact]
    /// The searches for people who are not enrolled with the most similar results.
    public var falsePositives: [PicturePair]
    /// The searches for enrolled people that ranked another person first, or the right person first by the smallest
    /// margin.
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
    /// Creates the report of gallery searches.
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
            "Worst false positives",
            "Left: the probe, of a person who is not enrolled. Right: the most similar enrolled picture.",
            measurement.falsePositives)
        pairs(
            "Worst misses",
            "Left: the probe. Right: the most similar enrolled picture of the same person.",
            measurement.misses)
        if !measurement.refused.isEmpty {
            sections.append(Page.Section("Limits of these searches", [.list(measurement.refused)]))
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
        "In brackets: 95 % intervals (Clopper and Pearson), treating searches as independent. FPIR: the share of "
        + "searches for people who are not enrolled that return someone. FNIR: the share of searches for enrolled "
        + "people that do not return them. Both depend on the number of enrolled people."

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
                "At a false positive identification rate of \(Words.rate(rate)), it misses "
                    + "\(Words.percent(point.falseNegativeIdentificationRate.value)) of the enrolled people.")
        }
        return lines
    }

    fileprivate var rankTable: Page.Table {
        let ranks = [1, 5, 10, 20, 50].compactMap { rank in closedSet.rate(rank: rank).map { (rank, $0) } }
        let rows = ranks.map { rank, rate in
            ["Rank \(rank)", Self.text(rate), "\(Words.count(rate.count)) of \(Words.count(rate.total))"]
        }
        return Page.Table(columns: ["The right person is in the ranks up to", "share", "searches"], rows: rows)
    }

    fileprivate var openSetTable: Page.Table {
        let rows = points.map { point in
            [
                point.statedRate.map(Words.rate) ?? "–", Self.text(point.falseNegativeIdentificationRate),
                point.falseNegativeInterval.map { "\(Words.percent($0.low)) – \(Words.percent($0.high))" } ?? "–",
                Self.text(point.falsePositiveIdentificationRate), Words.similarity(point.threshold),
            ]
        }
        let columns = ["At FPIR", "FNIR, rank \(rank)", "FNIR from resampling people", "observed FPIR", "threshold"]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate) -> String { Words.percent(rate.value, rate.low, rate.high) }

    /// The plot of the cumulative match characteristic.
    fileprivate var cumulativeMatches: Plot {
        let points = closedSet.cumulativeMatches.enumerated().map { index, rate in
            Plot.Point(Double(index + 1), rate.value, low: rate.low, high: rate.high)
        }
        return Plot(
            "CMC: found in the first ranks", horizontal: Axis("rank", over: 1...Double(max(points.count, 2))),
            vertical: Axis("share of searches (%)", scale: .percent, fitting: points.map(\.y) + [1]),
            series: [Plot.Series(model.name, points)])
    }

    fileprivate var cumulativeMatchRows: [[String]] {
        [["rank", "rate", "low", "high"]]
            + closedSet.cumulativeMatches.enumerated().map { ["\($0 + 1)", "\($1.value)", "\($1.low)", "\($1.high)"] }
    }

    /// The plot of misses against false positives; `nil` if everyone is enrolled, or if no search for other people has
    /// a similarity.
    fileprivate var openSetPlot: Plot? {
        guard let openSet else { return nil }
        let points = openSet.curve(rank: rank).filter { $0.falsePositive > 0 }
            .map { Plot.Point($0.falsePositive, $0.falseNegative) }
        guard let least = points.first?.x else { return nil }
        return Plot(
            "Misses against false positives",
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
