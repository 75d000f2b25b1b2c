import Evaluation
public import Plots
public import Training

/// Plots that compare training runs.
public enum RunPlots {
    /// The largest number of runs that are drawn with bands; more bands would hide each other.
    private static let mostBands = 4

    /// Returns plots by file name: each measure by epochs, and ROC curves.
    public static func all(_ runs: [FinishedRun]) -> [(name: String, plot: Plot)] {
        byEpochs(runs) + operatingCurves(runs)
    }

    // MARK: By epochs

    /// Returns plots of the measures during training: the mean over the seeds, with its interval if few runs are drawn.
    private static func byEpochs(_ runs: [FinishedRun]) -> [(name: String, plot: Plot)] {
        let names = Set(runs.flatMap { $0.validations.flatMap { $0.flatMap(\.measures.keys) } }).sorted()
        return names.map { name in
            let series = runs.map { run in
                Plot.Series(run.name, points(of: name, run, hasBand: runs.count <= mostBands))
            }
            let plot = Plot(
                "\(name) by epochs", horizontal: Axis("epochs", fitting: series.flatMap { $0.points.map(\.x) }),
                vertical: Axis("", fitting: heights(series)), series: series)
            return ("\(name)-by-epochs", plot)
        }
    }

    private static func points(of name: String, _ run: FinishedRun, hasBand: Bool) -> [Plot.Point] {
        let records = run.validations.flatMap(\.self)
        let epochs = Dictionary(grouping: records, by: \.epoch)
        return epochs.keys.sorted().compactMap { epoch in
            let values = (epochs[epoch] ?? []).compactMap { $0.measures[name] }
            return point(at: Double(epoch), values, hasBand: hasBand)
        }
    }

    /// Returns all heights that are drawn, including bands.
    private static func heights(_ series: [Plot.Series]) -> [Double] {
        series.flatMap { $0.points.flatMap { [$0.y, $0.low, $0.high].compactMap(\.self) } }
    }

    private static func point(at x: Double, _ values: [Double], hasBand: Bool) -> Plot.Point? {
        guard let summary = try? Evaluation.RunSummary(values) else { return nil }
        let interval = hasBand ? summary.interval : nil
        return Plot.Point(x, summary.mean, low: interval?.low, high: interval?.high)
    }

    // MARK: ROC curves

    /// Returns a plot with one ROC curve for each run, drawn through measures such as `unseenTAR@1e-3`.
    private static func operatingCurves(_ runs: [FinishedRun]) -> [(name: String, plot: Plot)] {
        let names = Set(runs.flatMap(\.summary.measures.keys))
        let prefixes = Set(names.compactMap { rate(in: $0)?.prefix }).sorted()
        return prefixes.map { prefix in
            let series = runs.map { run in
                let points = run.summary.measures.compactMap { name, spread -> Plot.Point? in
                    guard let found = rate(in: name), found.prefix == prefix else { return nil }
                    return point(at: found.rate, spread.values, hasBand: runs.count <= mostBands)
                }
                return Plot.Series(run.name, points.sorted { $0.x < $1.x })
            }
            let rates = series.flatMap { $0.points.map(\.x) }
            let plot = Plot(
                "ROC, \(prefix)", horizontal: Axis("false match rate", scale: .logarithmic, fitting: rates),
                vertical: Axis("true match rate", fitting: [0] + heights(series)), series: series)
            return ("roc-\(prefix)", plot)
        }
    }

    private static func rate(in name: String) -> (prefix: String, rate: Double)? {
        let parts = name.split(separator: "TAR@", omittingEmptySubsequences: false)
        guard parts.count == 2, let rate = Double(parts[1]), rate > 0 else { return nil }
        return (parts[0].isEmpty ? "all" : String(parts[0]), rate)
    }
}
