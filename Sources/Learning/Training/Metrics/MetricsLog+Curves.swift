import Foundation
import LikenessSupport
import Plots

extension MetricsLog {
    /// Draws the loss, the reported terms and the measures on held-out data over the steps.
    func drawCurves(to url: URL) throws {
        let terms = Set(steps.flatMap(\.terms.keys)).sorted()
        let measures = Set(validations.flatMap(\.measures.keys)).sorted()
        var plots: [Plot] = []
        if !steps.isEmpty {
            plots.append(Self.plot("training loss", [("loss", steps.map { ($0.step, $0.loss) })]))
        }
        if !terms.isEmpty {
            let lines = terms.map { name in
                (name, steps.compactMap { step in step.terms[name].map { (step.step, $0) } })
            }
            plots.append(Self.plot("other terms", lines))
        }
        if !measures.isEmpty {
            let lines = measures.map { name in
                (name, validations.compactMap { entry in entry.measures[name].map { (entry.step, $0) } })
            }
            plots.append(Self.plot("held-out data", lines, isThinned: false))
        }
        do {
            try Data(Plot.svg(stacking: plots).utf8).write(to: url, options: .atomic)
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }

    private static func plot(
        _ title: String, _ lines: [(name: String, values: [(step: Int, value: Double)])], isThinned: Bool = true
    ) -> Plot {
        let series = lines.map { line in
            // A diverged loss can't be drawn.
            let finite = line.values.filter { $0.value.isFinite }
            let series = Plot.Series(line.name, finite.map { Plot.Point(Double($0.step), $0.value) })
            return isThinned ? series.thinned() : series
        }
        return Plot(title, horizontal: "step", series: series)
    }
}
