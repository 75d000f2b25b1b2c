public import Datasets
public import Evaluation
import Plots

extension Report {
    /// Creates the report of one or more models on a list of pairs.
    ///
    /// - Parameters:
    ///   - measurements: The results, at least one, all on the pairs of `list`.
    ///   - contrasts: The comparisons of two models each.
    ///   - list: The pairs.
    ///   - unit: The unit of comparison: pictures or templates.
    ///   - provenance: The origin of the measurement.
    /// - Throws: `EvaluationError` if there are no mated pairs or no impostor pairs.
    public init(
        pairs measurements: [PairsMeasurement], contrasts: [ModelContrast] = [], list: PairList,
        unit: String = "pictures", provenance: Provenance
    ) throws(EvaluationError) {
        precondition(!measurements.isEmpty, "at least one model is needed")
        let text = PairsReportText(
            columns: measurements.map {
                PairsReportText.Column(name: $0.model.name, report: $0.report, bootstrap: $0.bootstrap)
            }, unit: unit)
        var entries: [ErrorCurves.Curve] = []
        for measurement in measurements { entries.append(try measurement.curve()) }
        let curves = ErrorCurves(curves: entries)
        let calibrations = measurements.compactMap { measurement in
            measurement.calibration.map { (name: measurement.model.name, result: $0) }
        }
        var plots = ["roc": curves.roc, "det": curves.det]
        for measurement in measurements {
            let suffix = measurements.count > 1 ? "-\(measurement.model.name)" : ""
            plots["histogram\(suffix)"] = measurement.histogramPlot
        }
        var tables = ["roc": curves.rocRows, "det": curves.detRows, "pairs": Self.pairRows(measurements, list)]
        tables["histogram"] =
            [SimilarityHistogram.columns] + measurements.flatMap { $0.histogram.rows($0.model.name) }
        var sections = [
            Page.Section("Main figures", [.table(text.figures)] + text.notes),
            Page.Section("Errors at every threshold", [.plots([curves.roc, curves.det]), .note(Self.curveNote)]),
        ]
        if let first = contrasts.first {
            sections.append(
                Page.Section("Models compared on the same pairs", contrasts.flatMap(\.blocks) + [.note(first.note)]))
        }
        sections.append(
            Page.Section("Similarities", [.plots(measurements.map(\.histogramPlot)), .note(Self.histogramNote)]))
        if !calibrations.isEmpty {
            let plot = CalibrationQuality.plot(calibrations.map { ($0.name, $0.result.quality) })
            plots["reliability"] = plot
            tables["reliability"] =
                [CalibrationQuality.columns] + calibrations.flatMap { $0.result.quality.rows($0.name) }
            sections.append(Self.reliability(plot, calibrations))
        }
        if let folds = text.folds { sections.append(Page.Section("Folds", [.table(folds)])) }
        for (index, measurement) in measurements.enumerated() {
            sections += Self.worst(
                measurement.falseMatches, measurement.falseNonMatches,
                of: measurements.count == 1 ? nil : measurement.model.name, isOpen: index == 0)
        }
        sections.append(Page.Section("Limits of these pairs", [.list(text.refusals)]))
        sections += Self.failures(measurements)
        sections.append(provenance.section(models: measurements.map(\.model)))
        let names = measurements.map(\.model.name).joined(separator: ", ")
        let page = Page(title: "Face verification: \(names)", summary: text.summary, sections: sections)
        self.init(page: page, plots: plots, tables: tables)
    }

    static let curveNote =
        "Each point of a curve is a threshold; the faint band is the 95 % interval of the error rate there. Closer to "
        + "the upper left (ROC) and to the lower left (DET) is better. The axes of the DET are quantiles of the normal "
        + "distribution, on which errors of normally distributed similarities are a straight line."

    static let histogramNote =
        "Each curve is a share of its own kind of pairs. Dashed: the threshold from which pairs match at a false match "
        + "rate. Impostor pairs to the right of it are false matches, mated pairs to the left of it are false "
        + "non-matches."

    private static func reliability(
        _ plot: Plot, _ calibrations: [(name: String, result: CalibrationComparison.Result)]
    ) -> Page.Section {
        let rows = calibrations.map { entry in
            [
                entry.name, Words.percent(entry.result.quality.expectedCalibrationError),
                Words.fixed(entry.result.quality.brierScore, 5), Words.fixed(entry.result.cost.cost, 4),
                Words.fixed(entry.result.cost.minimum, 4),
            ]
        }
        let columns = ["Model", "expected calibration error", "Brier score", "Cllr (bits)", "least Cllr"]
        return Page.Section(
            "Probabilities",
            [
                .text(
                    "Can similarities be converted to reliable probabilities? A sigmoid (Platt scaling) was fitted "
                        + "on four fifths of the people and tested on the others."),
                .plots([plot]), .table(Page.Table(columns: columns, rows: rows)),
            ])
    }

    /// Returns the section with the worst pairs, for inspection.
    ///
    /// - Parameters:
    ///   - falseMatches: The impostor pairs.
    ///   - falseNonMatches: The mated pairs.
    ///   - model: The model's name, if there are several models.
    ///   - isOpen: Whether the pairs are shown without a click.
    static func worst(
        _ falseMatches: [PicturePair], _ falseNonMatches: [PicturePair], of model: String?, isOpen: Bool
    ) -> [Page.Section] {
        func section(_ title: String, _ text: String, _ pairs: [PicturePair]) -> [Page.Section] {
            guard !pairs.isEmpty else { return [] }
            let blocks: [Page.Block] = isOpen ? [.pairs(pairs)] : [.folded("Show the pairs", [.pairs(pairs)])]
            return [Page.Section(title + (model.map { " (\($0))" } ?? ""), [.text(text)] + blocks)]
        }
        return section(
            "Worst false matches",
            "The most similar pictures of two people. If a pair looks like one person, it may be wrongly "
                + "labeled.", falseMatches)
            + section(
                "Worst false non-matches",
                "The least similar pictures of one person. Look for another face in the picture, a wrong label, "
                    + "and anything that hides the face.", falseNonMatches)
    }

    private static func failures(_ measurements: [PairsMeasurement]) -> [Page.Section] {
        let rows = measurements.flatMap { measurement in
            measurement.report.failures.map { failure in
                (measurements.count > 1 ? [measurement.model.name] : []) + [failure.image, failure.reason]
            }
        }
        guard !rows.isEmpty else { return [] }
        let columns = (measurements.count > 1 ? ["Model"] : []) + ["Picture", "why"]
        return [
            Page.Section(
                "Pictures that could not be compared",
                [
                    .text("They never match: a mated pair with one counts as an error, an impostor pair as correct."),
                    .table(Page.Table(columns: columns, rows: rows, hasNumbers: false)),
                ])
        ]
    }

    /// Returns a row for each pair with its similarity; the field is empty if a picture has no face.
    private static func pairRows(_ measurements: [PairsMeasurement], _ list: PairList) -> [[String]] {
        let columns = measurements.count == 1 ? ["similarity"] : measurements.map(\.model.name)
        let rows = list.pairs.enumerated().map { index, pair in
            [pair.imageA, pair.imageB, pair.isMated ? "1" : "0", "\(pair.fold)"]
                + measurements.map { $0.comparisons[index].similarity.map { "\($0)" } ?? "" }
        }
        return [["image_a", "image_b", "same", "fold"] + columns] + rows
    }
}
