public import Evaluation
import LikenessSupport
import Plots

/// The results of a model on pairs whose second pictures are distorted with increasing strength.
public struct DistortionMeasurement: Sendable {
    /// The model and its settings.
    public var model: MeasuredModel
    /// The errors.
    public var curves: DistortionCurves
    /// Unaltered pictures without a face.
    public var failures: [PairsReport.FailedImage]

    /// Creates a measurement from its parts.
    public init(model: MeasuredModel, curves: DistortionCurves, failures: [PairsReport.FailedImage] = []) {
        (self.model, self.curves, self.failures) = (model, curves, failures)
    }
}

extension Report {
    /// Creates the report of errors under distortions: a plot and a table for each kind.
    public init(distortions measurement: DistortionMeasurement, provenance: Provenance) {
        let curves = measurement.curves
        var plots: [String: Plot] = [:]
        for curve in curves.curves { plots[curve.kind] = curves.plot(curve) }
        var sections = [
            Page.Section(
                "Errors by strength",
                [.plots(curves.curves.compactMap { plots[$0.kind] }), .note(DistortionCurves.note)]),
            Page.Section("Tables", curves.tables),
        ]
        if !measurement.failures.isEmpty {
            let rows = measurement.failures.map { [$0.image, $0.reason] }
            sections.append(
                Page.Section(
                    "Unaltered pictures without a face",
                    [.table(Page.Table(columns: ["Picture", "Reason"], rows: rows, hasNumbers: false))]))
        }
        sections += [
            Page.Section("Limits of these pairs", [.list(curves.limits)]),
            provenance.section(models: [measurement.model]),
        ]
        let page = Page(
            title: "Robustness: \(measurement.model.name)", summary: curves.summary(measurement.model.name),
            sections: sections)
        self.init(page: page, plots: plots, tables: ["curves": curves.rows])
    }
}

extension DistortionCurves {
    fileprivate static let note =
        "The threshold was chosen on the unaltered pictures and stays fixed. Misses: mated pairs that do not match. "
        + "False matches: impostor pairs that match. No face found: the part of the misses caused by the detector. "
        + "Dashed: the misses without distortion. The faint bands are 95 % intervals (Clopper and Pearson), treating "
        + "pairs as independent."

    /// Returns the points of a curve by strength.
    ///
    /// If the kind has a neutral strength, the unaltered pictures are the first point.
    func strengths(of curve: Curve) -> [(strength: Double, point: Point)] {
        var points = curve.points.sorted { ($0.strength ?? 0) < ($1.strength ?? 0) }
            .compactMap { point in point.strength.map { (strength: $0, point: point) } }
        if let neutral = curve.neutralStrength, points.first.map({ $0.strength > neutral }) == true {
            points.insert((neutral, unaltered), at: 0)
        }
        return points
    }

    /// Returns the plot of errors against the strength.
    ///
    /// If the kind has a neutral strength, the plot starts there.
    fileprivate func plot(_ curve: Curve) -> Plot {
        let points = strengths(of: curve)
        func series(_ name: String, _ rate: (Point) -> ObservedRate) -> Plot.Series {
            Plot.Series(
                name,
                points.map {
                    Plot.Point($0.strength, rate($0.point).value, low: rate($0.point).low, high: rate($0.point).high)
                })
        }
        let lines = [
            series("misses", \.falseNonMatchRate), series("false matches", \.falseMatchRate),
            Plot.Series("no face found", points.map { Plot.Point($0.strength, $0.point.failedMatedShare) }),
        ]
        let horizontal = Axis("\(curve.kind): \(curve.unit)", fitting: points.map(\.strength))
        let bare = unaltered.falseNonMatchRate.value
        return Plot(
            curve.kind, horizontal: horizontal,
            vertical: Axis(
                "share of pairs (%)", scale: .percent,
                fitting: [0, 0.1] + lines.flatMap { $0.points.map { $0.high ?? $0.y } }),
            series: lines,
            guides: [
                Plot.Guide(
                    from: Plot.Point(horizontal.range.lowerBound, bare),
                    to: Plot.Point(horizontal.range.upperBound, bare))
            ])
    }

    /// The tables of the unaltered pictures and of each kind.
    var tables: [Page.Block] {
        [.table(Self.table("Unaltered", [unaltered]))]
            + curves.map { .table(Self.table("\($0.kind): \($0.unit)", $0.points)) }
    }

    private static func table(_ title: String, _ points: [Point]) -> Page.Table {
        let rows = points.map { point in
            [
                point.strength.map { significant($0) } ?? "–", text(point.falseNonMatchRate),
                text(point.falseMatchRate), Words.percent(point.accuracy.value), Words.fixed(point.areaUnderCurve, 5),
                Words.count(point.failedMatedPairs),
            ]
        }
        let columns = [
            title, "misses (FNMR)", "false matches (FMR)", "correct", "AUC", "mated pairs without a face",
        ]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate) -> String { Words.percent(rate.value, rate.low, rate.high) }

    fileprivate func summary(_ model: String) -> [String] {
        let miss = unaltered.falseNonMatchRate, match = unaltered.falseMatchRate
        var lines = [
            "\(Words.count(miss.total)) mated pairs and \(Words.count(match.total)) impostor pairs, the second picture "
                + "of each distorted with increasing strength. \(model) decides at the threshold "
                + "\(Words.similarity(threshold)), at which at most \(Words.rate(statedRate)) of the impostor pairs "
                + "match without distortion, and misses \(Words.percent(miss.value)) of the mated pairs."
        ]
        for curve in curves {
            // Chooses the last one among equal ones, because strengths usually increase.
            guard
                let worst = curve.points.reversed().max(by: { $0.falseNonMatchRate.value < $1.falseNonMatchRate.value }
                ),
                let strength = worst.strength
            else { continue }
            lines.append(
                "With \(curve.kind) \(significant(strength)) it misses "
                    + "\(Words.percent(worst.falseNonMatchRate.value)).")
        }
        return lines
    }

    /// The limits of the conclusions that the pairs support.
    var limits: [String] {
        let pairs = unaltered.falseMatchRate.total
        return [
            "No false match rate below \(Words.rate(3 / Double(pairs))) can be claimed from \(Words.count(pairs)) "
                + "impostor pairs (the rule of three, ISO/IEC 19795-1): if no impostor pair matches, the rate may "
                + "still be as large.",
            "The pictures were distorted by a program. Cameras distort them in other ways, and in several ways at "
                + "once.",
            "Strengths are in pixels of the picture: on pictures with larger or smaller faces the curves are "
                + "different.",
        ]
    }
}
