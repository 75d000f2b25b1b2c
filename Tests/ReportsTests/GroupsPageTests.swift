import Evaluation
import Plots
import Testing

@testable import Reports

@Suite struct GroupsPageTests {
    private func comparisons(_ count: Int, errors: Int, mated: Bool) -> [Comparison] {
        (0..<count).map { Comparison(similarity: ($0 < errors) == mated ? 0.25 : 0.75, isMated: mated) }
    }

    @Test func everyLabelHasItsPlotsAndTable() throws {
        let parts: [(String, [Comparison])] = [
            ("a", comparisons(100, errors: 2, mated: false)), (Made.hostile, comparisons(100, errors: 8, mated: false)),
            ("a", comparisons(50, errors: 5, mated: true)),
        ]
        let groups = parts.flatMap { name, part in part.map { _ in (first: Optional(name), second: Optional(name)) } }
        let errors = try GroupErrors(parts.flatMap(\.1), groups: groups, threshold: 0.5)
        let impostors = parts[0].1
        let alone = try GroupErrors(impostors, groups: impostors.map { _ in ("all", "all") }, threshold: 0.5)
        let measurement = GroupMeasurement(
            model: MeasuredModel(card: try Made.card("sface"), conditions: []),
            labels: [.init(name: "race", errors: errors), .init(name: "age", errors: alone)], threshold: 0.5,
            thresholdSource: "the card's at FMR 0.001")
        let report = Report(groups: measurement, provenance: Made.provenance)
        #expect(Set(report.plots.keys) == ["fmr-1", "fnmr-1", "fmr-2"])
        let plot = try #require(report.plots["fmr-1"])
        // In order of name: the hostile one begins with '<'.
        #expect(plot.series[0].points.map(\.y) == [0.08, 0.02])
        #expect(plot.horizontal.ticks.map(\.value) == [0, 1] && plot.horizontal.ticks[1].label == "a")
        let rows = try #require(report.tables["groups"])
        #expect(rows.count == 4 && rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows[2][5] == "0.02" && rows[2][9] == "0.1" && rows[1][9] == "")
        let html = report.page.html
        for part in ["By race", "4.0 times as often", "the card&#39;s at FMR 0.001", "NISTIR 8429", "By age"] {
            #expect(html.contains(part), "\(part)")
        }
        #expect(!html.contains(Made.hostile))
    }
}
