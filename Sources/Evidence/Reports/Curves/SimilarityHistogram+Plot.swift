import Evaluation
import Plots

extension SimilarityHistogram {
    /// Returns the plot of the similarities of mated and impostor pairs, each as a share of its kind.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - thresholds: Vertical lines with their labels.
    func plot(_ title: String, thresholds: [(threshold: Float, label: String)]) -> Plot {
        let used = mated.indices.filter { mated[$0] + impostor[$0] > 0 }
        let first = used.first ?? 0, last = used.last ?? mated.count - 1
        func outline(_ counts: [Int]) -> [Plot.Point] {
            let total = Double(max(counts.reduce(0, +), 1))
            return (first...last).flatMap { bin in
                [edge(bin), edge(bin + 1)].map { Plot.Point($0, Double(counts[bin]) / total) }
            }
        }
        let series = [
            Plot.Series("mated (one person)", outline(mated), shape: .area),
            Plot.Series("impostor (two people)", outline(impostor), shape: .area),
        ]
        let vertical = Axis(
            "share of pairs (%)", scale: .percent, fitting: series.flatMap { $0.points.map(\.y) } + [0])
        return Plot(
            title, horizontal: Axis("similarity", over: edge(first)...edge(last + 1)), vertical: vertical,
            series: series,
            guides: thresholds.map { line in
                let x = Double(line.threshold)
                return Plot.Guide(
                    from: Plot.Point(x, vertical.range.lowerBound), to: Plot.Point(x, vertical.range.upperBound),
                    label: line.label)
            })
    }

    /// Returns the table rows: the numbers of mated and impostor pairs in each bin.
    func rows(_ name: String) -> [[String]] {
        mated.indices.map { bin in
            [name, "\(Float(edge(bin)))", "\(Float(edge(bin + 1)))", "\(mated[bin])", "\(impostor[bin])"]
        }
    }

    /// The column titles of ``rows(_:)``.
    static let columns = ["model", "low", "high", "mated", "impostor"]

    private func edge(_ bin: Int) -> Double {
        Double(low) + Double(high - low) * Double(bin) / Double(mated.count)
    }
}
