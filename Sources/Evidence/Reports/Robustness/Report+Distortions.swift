public import Evaluation
import LikenessSupport
import Plots

/// The results of a model on pairs whose second pictures are distorted, strength by strength.
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
            Page.Section("In numbers", curves.tables),
        ]
        if !measurement.failures.isEmpty {
            let rows = measurement.failures.map { [$0.image, $0.reason] }
            sections.append(
                Page.Section(
                    "Pictures without a face as they are",
                    [.table(Page.Table(columns: ["Picture", "why"], rows: rows, hasNumbers: false))]))
        }
        sections += [
            Page.Section("What these pairs can't say", [.list(curves.limits)]),
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
        "The threshold was fixed on the pictures as they are and stays. Misses: pairs of one person that do not match. "
        + "False matches: pairs of two people that do. No face found: the part of the misses that the detector makes. "
        + "Dashed: the misses of the pictures as they are. The faint bands are 95 % intervals (Clopper and Pearson), pairs "
        + "taken as independent."

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
                "share of the pairs (%)", scale: .percent,
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
        [.table(Self.table("As they are", [unaltered]))]
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
            title, "misses (FNMR)", "false matches (FMR)", "decided rightly", "AUC", "mated pairs without a face",
        ]
        return Page.Table(columns: columns, rows: rows)
    }

    private static func text(_ rate: ObservedRate) -> String { Words.percent(rate.value, rate.low, rate.high) }

    fileprivate func summary(_ model: String) -> [String] {
        let miss = unaltered.falseNonMatchRate, match = unaltered.falseMatchRate
        var lines = [
            "\(Words.count(miss.total)) pairs of one person and \(Words.count(match.total)) of two, the second picture of "
                + "each spoiled more and more. \(model) decides at the threshold \(Words.similarity(threshold)), which lets at most "
                + "\(Words.rate(statedRate)) of the pairs of two people match where nothing is spoiled, and then misses "
                + "\(Words.percent(miss.value)) of the pairs of one."
        ]
        for curve in curves {
            // Of equal ones the last, because strengths usually increase.
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

    /// The limits of what the pairs support.
    var limits: [String] {
        let pairs = unaltered.falseMatchRate.total
        return [
            "No false match rate below \(Words.rate(3 / Double(pairs))) can be claimed from \(Words.count(pairs)) impostor "
                + "pairs (the rule of three, ISO/IEC 19795-1): where no pair of two people matches, the rate may still be as "
                + "large.",
            "The pictures were spoiled by a program. Cameras spoil them in other ways, and several at a time.",
            "Strengths count pixels of the picture: on pictures with larger or smaller faces the curves are others.",
        ]
    }
}
