import Foundation

extension MetricsLog {
    /// Draws the run: the loss, what is reported beside it, and the measures on held-out data, over the steps.
    func drawCurves(to url: URL) throws {
        let terms = Set(steps.flatMap(\.terms.keys)).sorted()
        let measures = Set(validations.flatMap(\.measures.keys)).sorted()
        var plots: [LinePlot] = []
        if !steps.isEmpty {
            plots.append(
                LinePlot(
                    title: "training loss", horizontal: "step",
                    series: [LinePlot.Series("loss", steps.map { (Double($0.step), $0.loss) }).thinned()]))
        }
        if !terms.isEmpty {
            plots.append(
                LinePlot(
                    title: "beside the loss", horizontal: "step",
                    series: terms.map { name in
                        let points = steps.compactMap { step in step.terms[name].map { (Double(step.step), $0) } }
                        return LinePlot.Series(name, points).thinned()
                    }))
        }
        if !measures.isEmpty {
            plots.append(
                LinePlot(
                    title: "held-out data", horizontal: "step",
                    series: measures.map { name in
                        LinePlot.Series(
                            name,
                            validations.compactMap { entry in
                                entry.measures[name].map { (Double(entry.step), $0) }
                            })
                    }))
        }
        do {
            try Data(LinePlot.svg(plots).utf8).write(to: url, options: .atomic)
        } catch {
            throw TrainingError.unwritable(url.path, reason: error.localizedDescription)
        }
    }
}
