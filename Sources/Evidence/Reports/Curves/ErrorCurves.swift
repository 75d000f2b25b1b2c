import Evaluation
import Plots

/// The errors of one or more systems, as plots and as table rows.
struct ErrorCurves {
    /// The errors of a system.
    struct Curve {
        var name: String
        var tradeoff: DetectionErrorTradeoff
        var equalErrorRate: Double
    }

    var curves: [Curve]

    /// Returns a curve as steps: the share of matches stays constant up to the next observed false match rate.
    ///
    /// - Parameters:
    ///   - curve: The curve.
    ///   - height: Converts the share of mated pairs that do not match to the vertical axis.
    private static func steps(_ curve: Curve, _ height: (ObservedRate) -> (Double, low: Double, high: Double))
        -> [Plot.Point]
    {
        var points: [Plot.Point] = []
        func goOn(to rate: Double) {
            if let last = points.last { points.append(Plot.Point(rate, last.y, low: last.low, high: last.high)) }
        }
        for point in curve.tradeoff.points {
            goOn(to: point.falseMatchRate.value)
            let (y, low, high) = height(point.falseNonMatchRate)
            points.append(Plot.Point(point.falseMatchRate.value, y, low: low, high: high))
        }
        goOn(to: 1)
        return points
    }

    /// The true match rate against the false match rate, on a logarithmic scale, because systems are used at low rates.
    var roc: Plot {
        let series = curves.map { curve in
            Plot.Series(curve.name, Self.steps(curve) { (1 - $0.value, low: 1 - $0.high, high: 1 - $0.low) })
        }
        // Leaves room to the left of the first false match, for matches at a rate of zero.
        let rates = series.flatMap { $0.points.map(\.x) }.filter { $0 > 0 }
        let least = (rates.min() ?? 1e-3) / 2
        return Plot(
            "ROC: true matches against false matches",
            horizontal: Axis("false match rate", scale: .logarithmic, over: min(least, 0.1)...1),
            vertical: Axis(
                "true match rate (%)", scale: .percent, fitting: series.flatMap { $0.points.map(\.y) } + [1]),
            series: series)
    }

    /// The false non-match rate against the false match rate on normal-deviate axes.
    var det: Plot {
        let series = curves.map { curve in
            Plot.Series(curve.name, Self.steps(curve) { ($0.value, low: $0.low, high: $0.high) })
        }
        // The corner with the usual operating points; rates above ten times the equal error rate are of little
        // interest.
        let edge = min(max(10 * (curves.map(\.equalErrorRate).max() ?? 0), 0.05), 0.95)
        let rates = series.flatMap { $0.points.map(\.x) }.filter { $0 > 0 }
        let misses = series.flatMap { $0.points.map(\.y) }.filter { $0 > 0 }
        func axis(_ label: String, _ values: [Double]) -> Axis {
            Axis(label, scale: .normalDeviate, fitting: [min(values.min() ?? 1e-3, edge / 2), edge])
        }
        return Plot(
            "DET: false non-matches against false matches", horizontal: axis("false match rate (%)", rates),
            vertical: axis("false non-match rate (%)", misses), series: series)
    }

    /// The rows of the ROC curve.
    var rocRows: [[String]] {
        [["model", "threshold", "fmr", "fmrLow", "fmrHigh", "tar", "tarLow", "tarHigh"]]
            + rows { point in
                let rate = point.falseNonMatchRate
                return ["\(1 - rate.value)", "\(1 - rate.high)", "\(1 - rate.low)"]
            }
    }

    /// The rows of the DET curve.
    var detRows: [[String]] {
        [["model", "threshold", "fmr", "fmrLow", "fmrHigh", "fnmr", "fnmrLow", "fnmrHigh"]]
            + rows { point in
                let rate = point.falseNonMatchRate
                return ["\(rate.value)", "\(rate.low)", "\(rate.high)"]
            }
    }

    private func rows(_ vertical: (DetectionErrorTradeoff.Point) -> [String]) -> [[String]] {
        curves.flatMap { curve in
            curve.tradeoff.points.map { point in
                let rate = point.falseMatchRate
                return [curve.name, "\(point.threshold)", "\(rate.value)", "\(rate.low)", "\(rate.high)"]
                    + vertical(point)
            }
        }
    }
}
