public import Evaluation
import Plots

/// The results of a classifier of people.
public struct ClassificationMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The runs.
    public var result: ClosedSetClassification
    /// The numbers of people and pictures.
    public var counts: [Page.Fact]
    /// Pictures of the most frequently confused people, each beside a picture of the predicted person.
    public var confused: [PicturePair]

    /// Creates a measurement from its parts.
    public init(
        model: MeasuredModel, result: ClosedSetClassification, counts: [Page.Fact], confused: [PicturePair] = []
    ) {
        self.model = model
        self.result = result
        self.counts = counts
        self.confused = confused
    }
}

extension Report {
    /// Creates the report of a classifier of people: figures, ranks and confusions.
    public init(classification measurement: ClassificationMeasurement, provenance: Provenance) {
        let ranks = measurement.ranks
        var sections = [
            Page.Section(
                "Main figures",
                [.table(measurement.figures), .table(measurement.runs), .note(ClassificationMeasurement.note)]),
            Page.Section("Found in the first ranks", [.plots([ranks])]),
        ]
        let confusions = measurement.result.confusions(by: .softmax)
        if !confusions.isEmpty {
            var blocks: [Page.Block] = [.text("Results of the softmax classifier, for all seeds together.")]
            if !measurement.confused.isEmpty { blocks.append(.pairs(measurement.confused)) }
            blocks.append(.table(ClassificationMeasurement.table(confusions)))
            sections.append(Page.Section("The most confused pairs of people", blocks))
        }
        var provenance = provenance
        provenance.data += measurement.counts
        sections.append(provenance.section(models: [measurement.model]))
        let page = Page(
            title: "Recognition by a classifier: \(measurement.model.name)", summary: measurement.summary,
            sections: sections)
        self.init(
            page: page, plots: ["ranks": ranks],
            tables: ["ranks": measurement.rankRows, "confusions": ClassificationMeasurement.rows(confusions)])
    }
}

extension ClassificationMeasurement {
    fileprivate static let note =
        "In brackets: 95 % intervals (Clopper and Pearson), treating pictures as independent. Macro: the mean over "
        + "people of each against all others, with a precision of 0 for a person who is never predicted; micro: of all "
        + "decisions together. AUC: one against the rest. The deviation is between seeds, which share pictures. "
        + "Nearest mean: the person whose training pictures have the most similar mean. p: McNemar's mid-p of the two "
        + "methods on the same pictures."

    /// The maximum number of confusions listed.
    private static let listed = 40

    fileprivate var summary: [String] {
        var lines: [String] = []
        func mean(_ method: ClosedSetClassification.Method) -> Double {
            let reports = result.reports(of: method)
            return reports.reduce(0) { $0 + $1.accuracy.value } / Double(reports.count)
        }
        lines.append(
            "A softmax classifier on the embeddings of \(model.name) recognizes \(Words.percent(mean(.softmax))) of "
                + "the tested pictures among \(Words.count(result.people.count)) people.")
        let difference = result.difference
        let points = [difference.difference, difference.interval.low, difference.interval.high].map {
            Words.fixed(100 * $0, 2)
        }
        lines.append(
            "The nearest mean, which needs no training, recognizes \(Words.percent(mean(.nearestMean))): a difference "
                + "of \(points[0]) points (\(points[1]) to \(points[2]) from resampling people).")
        return lines
    }

    fileprivate var figures: Page.Table {
        var rows: [[String]] = []
        for method in ClosedSetClassification.Method.allCases {
            for measure in (try? result.measures(of: method)) ?? [] {
                let summary = measure.summary
                rows.append(
                    ["\(method.rawValue): \(measure.name)", Words.percent(summary.mean)]
                        + [summary.standardDeviation.map { Words.fixed(100 * $0, 2) } ?? "–"]
                        + [summary.worst, summary.median, summary.best].map { Words.percent($0) })
            }
        }
        return Page.Table(columns: ["Measure", "mean", "deviation", "worst", "median", "best"], rows: rows)
    }

    fileprivate var runs: Page.Table {
        let rows = result.runs.map { run in
            [
                "\(run.seed)", Words.count(run.decisions.count), Self.text(run.classifier.accuracy),
                Self.text(run.template.accuracy), "\(run.mcNemar.onlySecondRight)", "\(run.mcNemar.onlyFirstRight)",
                Words.chance(run.mcNemar.midP),
            ]
        }
        let columns = ["Seed", "tested", "softmax", "nearest mean", "only softmax correct", "only mean correct", "p"]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate) -> String { Words.percent(rate.value, rate.low, rate.high) }

    /// Returns the shares of pictures found in the first k ranks, averaged over the runs.
    private func matches(_ method: ClosedSetClassification.Method) -> [Double] {
        let runs = result.reports(of: method).map { $0.identification.cumulativeMatches.map(\.value) }
        return (runs.first ?? []).indices.map { rank in runs.reduce(0) { $0 + $1[rank] } / Double(runs.count) }
    }

    fileprivate var ranks: Plot {
        let series = ClosedSetClassification.Method.allCases.map { method in
            let points = matches(method).enumerated().map { Plot.Point(Double($0 + 1), $1) }
            return Plot.Series(method.rawValue, points)
        }
        let count = matches(.softmax).count
        let values = ClosedSetClassification.Method.allCases.flatMap { matches($0) }
        return Plot(
            "Found in the first ranks, mean of the seeds", horizontal: Axis("rank", over: 1...Double(max(count, 2))),
            vertical: Axis("share of pictures (%)", scale: .percent, fitting: values + [1]), series: series)
    }

    fileprivate var rankRows: [[String]] {
        [["rank", "softmax", "nearestMean"]]
            + zip(matches(.softmax), matches(.nearestMean)).enumerated().map { rank, rates in
                ["\(rank + 1)", "\(rates.0)", "\(rates.1)"]
            }
    }

    fileprivate static func table(_ confusions: [ClosedSetClassification.Confusion]) -> Page.Table {
        let rows = confusions.prefix(listed).map { [$0.person, $0.takenFor, "\($0.count)", "\($0.tested)"] }
        return Page.Table(columns: ["Person", "predicted as", "pictures", "of"], rows: rows)
    }

    fileprivate static func rows(_ confusions: [ClosedSetClassification.Confusion]) -> [[String]] {
        [["person", "takenFor", "count", "tested"]]
            + confusions.map { [$0.person, $0.takenFor, "\($0.count)", "\($0.tested)"] }
    }
}
