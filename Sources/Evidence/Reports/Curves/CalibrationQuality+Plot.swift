import Evaluation
import Plots

extension CalibrationQuality {
    /// Returns the reliability diagram: predicted against observed probabilities.
    static func plot(_ qualities: [(name: String, quality: CalibrationQuality)]) -> Plot {
        let shares = Axis("stated probability (%)", scale: .percent, over: 0...1)
        return Plot(
            "Reliability: stated against observed", horizontal: shares,
            vertical: Axis("share of mated pairs (%)", scale: .percent, over: 0...1),
            series: qualities.map { entry in
                Plot.Series(
                    entry.name,
                    entry.quality.bins.map { bin in
                        Plot.Point(
                            bin.meanProbability, bin.observed.value, low: bin.observed.low, high: bin.observed.high)
                    }, shape: .discs)
            }, guides: [Plot.Guide(from: Plot.Point(0, 0), to: Plot.Point(1, 1))])
    }

    /// Returns the rows of the diagram.
    func rows(_ name: String) -> [[String]] {
        bins.map { bin in
            [
                name, "\(bin.low)", "\(bin.high)", "\(bin.meanProbability)", "\(bin.observed.value)",
                "\(bin.observed.low)", "\(bin.observed.high)", "\(bin.observed.total)",
            ]
        }
    }

    /// The column titles of ``rows(_:)``.
    static let columns = [
        "model", "low", "high", "meanProbability", "observed", "observedLow", "observedHigh", "pairs",
    ]
}
