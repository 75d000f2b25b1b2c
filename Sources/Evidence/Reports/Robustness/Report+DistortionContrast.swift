public import Evaluation
import LikenessSupport
import Plots

extension Report {
    /// Creates the report of errors under distortions, for one or more models.
    ///
    /// With several models, each kind of distortion has a plot with a line for each model.
    ///
    /// - Parameters:
    ///   - measurements: The models' results on the same pairs with the same distortions; one or more.
    ///   - contrasts: The comparisons of the first model with each of the others.
    ///   - provenance: The origin of the measurement.
    public init(
        distortions measurements: [DistortionMeasurement], contrasts: [DistortionContrast], provenance: Provenance
    ) {
        if let only = measurements.first, measurements.count == 1 {
            self.init(distortions: only, provenance: provenance)
            return
        }
        let kinds = measurements.first?.curves.curves.map(\.kind) ?? []
        var plots: [String: Plot] = [:]
        for kind in kinds { plots[kind] = Plot(missesUnder: kind, measurements) }
        var sections = [
            Page.Section(
                "False non-match rate by strength",
                [.plots(kinds.compactMap { plots[$0] }), .note(DistortionMeasurement.note)])
        ]
        let others = zip(measurements.dropFirst(), contrasts)
        if let first = measurements.first {
            for (other, contrast) in others {
                let table = contrast.table(first: first.model.name, second: other.model.name)
                sections.append(
                    Page.Section(
                        "\(other.model.name) compared with \(first.model.name)",
                        [.table(table), .note(contrast.note)]))
            }
        }
        sections.append(
            Page.Section(
                "Tables",
                measurements.map { measurement in
                    .folded(measurement.model.name, measurement.curves.tables)
                }))
        if let curves = measurements.first?.curves {
            sections.append(Page.Section("Limits of these pairs", [.list(curves.limits)]))
        }
        sections.append(provenance.section(models: measurements.map(\.model)))
        let rows = measurements.flatMap { measurement in
            measurement.curves.rows.dropFirst().map { [measurement.model.name] + $0 }
        }
        let heading = ["model"] + (measurements.first?.curves.rows.first ?? [])
        let names = measurements.map(\.model.name).joined(separator: ", ")
        let page = Page(
            title: "Robustness: \(names)", summary: measurements.map(\.summary), sections: sections)
        self.init(page: page, plots: plots, tables: ["curves": [heading] + rows])
    }
}

extension DistortionMeasurement {
    fileprivate static let note =
        "Each model has a fixed threshold, chosen for the false match rate on the unaltered pairs. Misses: "
        + "mated pairs that do not match. The faint bands are 95 % intervals (Clopper and Pearson), treating pairs as "
        + "independent."

    fileprivate var summary: String {
        let worst = curves.curves.compactMap { curve in
            curve.points.max { $0.falseNonMatchRate.value < $1.falseNonMatchRate.value }.map { (curve.kind, $0) }
        }
        let parts = worst.map { kind, point in
            "\(Words.percent(point.falseNonMatchRate.value)) with \(kind) "
                + (point.strength.map { significant($0) } ?? "")
        }
        return
            "\(model.name) misses \(Words.percent(curves.unaltered.falseNonMatchRate.value)) of the mated pairs "
            + "without distortion, at most " + parts.joined(separator: ", ") + "."
    }
}

extension Plot {
    /// Creates the plot of each model's false non-match rate against the strength.
    fileprivate init(missesUnder kind: String, _ measurements: [DistortionMeasurement]) {
        var unit = ""
        let series = measurements.map { measurement in
            let curve = measurement.curves.curves.first { $0.kind == kind }
            unit = curve?.unit ?? unit
            let points = curve.map { measurement.curves.strengths(of: $0) } ?? []
            return Plot.Series(
                measurement.model.name,
                points.map { strength, point in
                    let rate = point.falseNonMatchRate
                    return Plot.Point(strength, rate.value, low: rate.low, high: rate.high)
                })
        }
        let points = series.flatMap(\.points)
        self.init(
            kind, horizontal: Axis("\(kind): \(unit)", fitting: points.map(\.x)),
            vertical: Axis("misses (%)", scale: .percent, fitting: [0, 0.1] + points.map { $0.high ?? $0.y }),
            series: series)
    }
}

extension DistortionContrast {
    fileprivate func table(first: String, second: String) -> Page.Table {
        func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + Words.fixed(100 * value, 2) }
        let rows = points.map { point in
            [
                point.kind ?? "unaltered", point.strength.map { significant($0) } ?? "–",
                point.trueMatchRate.map {
                    "\(signed($0.difference)) (\(signed($0.interval.low)) – \(signed($0.interval.high)))"
                } ?? "–",
                Words.count(point.mcNemar.onlyFirstRight), Words.count(point.mcNemar.onlySecondRight),
                Words.chance(point.mcNemar.midP),
            ]
        }
        let columns = [
            "Distortion", "strength", "\(second) minus \(first), % of mated pairs that match",
            "only \(first) is correct", "only \(second) is correct", "mid-p",
        ]
        return Page.Table(columns: columns, rows: rows)
    }

    fileprivate var note: String {
        "In brackets: \(Words.rate(level)) intervals from resampling people \(Words.count(rounds)) times, in the same "
            + "way for both.  mid-p: McNemar's test on all pairs, including impostor pairs: the probability of a "
            + "difference at least as large if the models are equally good."
    }
}
