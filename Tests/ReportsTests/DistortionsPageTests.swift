import Evaluation
import Plots
import Testing

@testable import Reports

@Suite struct DistortionsPageTests {
    private func comparisons(mated: Float, failed: Int = 0) -> [Comparison] {
        (0..<300).map { index in
            let isMated = index % 2 == 0
            let similarity = isMated ? mated + Float(index) / 3000 : Float(index) / 600
            return Comparison(similarity: index < failed ? nil : similarity, isMated: isMated)
        }
    }

    @Test func everyKindHasAPlotAndATable() throws {
        var curves = try DistortionCurves(unaltered: comparisons(mated: 0.6), falseMatchRate: 0.1)
        for (strength, mated) in [(2.0, Float(0.5)), (1, 0.55), (4, 0.1)] {
            try curves.add(
                comparisons(mated: mated, failed: strength > 3 ? 60 : 0), kind: "blur", unit: "deviation, pixels",
                neutralStrength: 0, strength: strength)
        }
        try curves.add(
            comparisons(mated: 0.2), kind: "jpeg", unit: "quality", neutralStrength: nil, strength: 10)
        let measurement = DistortionMeasurement(
            model: MeasuredModel(card: try Made.card("sface"), conditions: []), curves: curves,
            failures: [.init(image: Made.hostile, reason: "no <face>")])
        let report = Report(distortions: measurement, provenance: Made.provenance)
        #expect(Set(report.plots.keys) == ["blur", "jpeg"])
        // The pictures as they are begin the curve where a strength of 0 changes nothing.
        let blur = try #require(report.plots["blur"])
        #expect(blur.series[0].points.map(\.x) == [0, 1, 2, 4])
        #expect(blur.series[0].points.last?.y == 1)
        #expect(blur.series[2].points.map(\.y) == [0, 0, 0, 0.2])
        #expect(report.plots["jpeg"]?.series[0].points.map(\.x) == [10])
        #expect(report.tables["curves"]?.count == 6)
        let html = report.page.html
        for part in ["Robustness: sface", "deviation, pixels", "no &lt;face&gt;", "rule of three", "With blur 4"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains(Made.hostile))
    }
}
