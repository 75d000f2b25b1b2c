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

    @Test func ofSeveralModelsEveryKindHasALineForEach() throws {
        func measured(_ name: String, mated: Float) throws -> (DistortionMeasurement, [Comparison]) {
            var curves = try DistortionCurves(unaltered: comparisons(mated: 0.6), falseMatchRate: 0.1)
            let altered = comparisons(mated: mated)
            try curves.add(altered, kind: "blur", unit: "deviation, pixels", neutralStrength: 0, strength: 2)
            let model = MeasuredModel(card: try Made.card(name), conditions: [])
            return (DistortionMeasurement(model: model, curves: curves), altered)
        }
        let (first, one) = try measured("sface", mated: 0.5), (second, other) = try measured("other", mated: 0.1)
        var contrast = try DistortionContrast(
            unaltered: (comparisons(mated: 0.6), comparisons(mated: 0.6)),
            thresholds: (first.curves.threshold, second.curves.threshold))
        try contrast.add((one, other), kind: "blur", strength: 2)
        let report = Report(distortions: [first, second], contrasts: [contrast], provenance: Made.provenance)
        let blur = try #require(report.plots["blur"])
        #expect(blur.series.map(\.name) == ["sface", "other"] && blur.series[1].points.map(\.x) == [0, 2])
        #expect(report.tables["curves"]?.count == 5 && report.tables["curves"]?[0].first == "model")
        let html = report.page.html
        for part in ["Robustness: sface, other", "other compared with sface", "only other is correct", "rule of three"]
        {
            #expect(html.contains(part), "\(part)")
        }
        let alone = Report(distortions: [first], contrasts: [], provenance: Made.provenance)
        #expect(alone.page.title == "Robustness: sface")
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
        // If a strength of 0 changes nothing, the curve begins with the unaltered pictures.
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
