public import Evaluation
import Plots

/// The results of a model on all pairs of pictures of people.
public struct AllPairsMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The report.
    public var report: AllPairsReport
    /// The number of pictures without a face, which are not in any pair.
    public var failedImages: Int
    /// The most similar pictures of two different people.
    public var falseMatches: [PicturePair]
    /// The least similar pictures of one person.
    public var falseNonMatches: [PicturePair]

    /// Creates a measurement from its parts.
    public init(
        model: MeasuredModel, report: AllPairsReport, failedImages: Int, falseMatches: [PicturePair] = [],
        falseNonMatches: [PicturePair] = []
    ) {
        self.model = model
        self.report = report
        self.failedImages = failedImages
        self.falseMatches = falseMatches
        self.falseNonMatches = falseNonMatches
    }

    var histogramPlot: Plot {
        // The false match rates in the usual tables. More lines would hide the curves.
        let points = report.calibration.points.filter { [1e-2, 1e-3, 1e-4].contains($0.falseMatchRate) }
        return report.histogram.plot(
            "Similarities of \(model.name)",
            thresholds: points.map { ($0.threshold, "FMR \(Words.rate($0.falseMatchRate))") })
    }
}

extension Report {
    /// Creates the report of one or more models on all pairs of pictures.
    ///
    /// - Parameters:
    ///   - measurements: The results, at least one, all on the same pictures.
    ///   - provenance: The origin of the measurement.
    public init(allPairs measurements: [AllPairsMeasurement], provenance: Provenance) {
        precondition(!measurements.isEmpty, "at least one model is needed")
        let curves = ErrorCurves(
            curves: measurements.map {
                ErrorCurves.Curve(
                    name: $0.model.name, tradeoff: $0.report.tradeoff, equalErrorRate: $0.report.equalErrorRate)
            })
        var plots = ["roc": curves.roc, "det": curves.det]
        for measurement in measurements {
            let suffix = measurements.count > 1 ? "-\(measurement.model.name)" : ""
            plots["histogram\(suffix)"] = measurement.histogramPlot
        }
        let histogram =
            [SimilarityHistogram.columns] + measurements.flatMap { $0.report.histogram.rows($0.model.name) }
        var sections = [
            Page.Section(
                "Main figures", [.table(Self.figures(measurements)), .note(Self.rateNote)]),
            Page.Section("Errors at every threshold", [.plots([curves.roc, curves.det]), .note(Self.curveNote)]),
            Page.Section("Similarities", [.plots(measurements.map(\.histogramPlot)), .note(Self.histogramNote)]),
        ]
        for (index, measurement) in measurements.enumerated() {
            sections += Self.worst(
                measurement.falseMatches, measurement.falseNonMatches,
                of: measurements.count == 1 ? nil : measurement.model.name, isOpen: index == 0)
        }
        sections.append(provenance.section(models: measurements.map(\.model)))
        let names = measurements.map(\.model.name).joined(separator: ", ")
        let page = Page(title: "All pairs: \(names)", summary: Self.summary(measurements), sections: sections)
        self.init(
            page: page, plots: plots, tables: ["roc": curves.rocRows, "det": curves.detRows, "histogram": histogram])
    }

    private static let rateNote =
        "The rates are exact shares of all pairs. Pairs share people: the number of pairs of different people is given "
        + "below the rates. False match rates at which fewer than 30 false matches are expected are left out (the rule "
        + "of 30)."

    private static func summary(_ measurements: [AllPairsMeasurement]) -> [String] {
        guard let calibration = measurements.first?.report.calibration else { return [] }
        return [
            "\(Words.count(calibration.pictures)) pictures of \(Words.count(calibration.people)) people, each compared "
                + "with every other: \(Words.count(calibration.matedPairs)) mated pairs and "
                + "\(Words.count(calibration.impostorPairs)) impostor pairs."
        ]
            + measurements.map {
                "\($0.model.name) has an equal error rate of \(Words.percent($0.report.equalErrorRate))."
            }
    }

    private static func figures(_ measurements: [AllPairsMeasurement]) -> Page.Table {
        var rows: [[String]] = []
        func row(_ name: String, _ value: (AllPairsMeasurement) -> String) {
            rows.append([name] + measurements.map(value))
        }
        row("Area under the ROC curve (AUC)") { Words.fixed($0.report.areaUnderCurve, 6) }
        row("Equal error rate (EER)") { Words.percent($0.report.equalErrorRate) }
        for rate in measurements.first?.report.calibration.points.map(\.falseMatchRate) ?? [] {
            row("False non-match rate at FMR \(Words.rate(rate))") { measurement in
                let point = measurement.report.calibration.points.first { $0.falseMatchRate == rate }
                return point.map {
                    "\(Words.percent($0.falseNonMatchRate)) (threshold \(Words.similarity($0.threshold)))"
                } ?? "–"
            }
        }
        row("Pairs of two different people") { Words.count($0.report.calibration.peoplePairs) }
        row("Impostor pairs") { Words.count($0.report.calibration.impostorPairs) }
        row("Pictures without a face, left out") { Words.count($0.failedImages) }
        return Page.Table(columns: ["Figure"] + measurements.map(\.model.name), rows: rows)
    }
}
