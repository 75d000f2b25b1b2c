import Foundation
import Testing

@testable import Training

@Suite struct LinePlotTests {
    @Test func marksRoundNumbersAroundTheValues() {
        let axis = Axis([0.13, 0.87], from: 100, to: 0)
        #expect(axis.ticks.map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(axis.place(0) == 100 && abs(axis.place(1)) < 1e-9 && abs(axis.place(0.5) - 50) < 1e-9)
        #expect(Axis([0, 4300], from: 0, to: 1).ticks.map(\.label) == ["0", "1000", "2000", "3000", "4000", "5000"])
        #expect(Axis([-2, 2], from: 0, to: 1).ticks.map(\.label).contains("0"))
    }

    @Test func aLineWithoutHeightHasRoomAroundIt() {
        let axis = Axis([5, 5], from: 0, to: 1)
        #expect(axis.range.lowerBound < 5 && axis.range.upperBound > 5)
        #expect(Axis([], from: 0, to: 1).ticks.count > 1)
    }

    @Test func manyPointsBecomeMeans() {
        let series = LinePlot.Series("x", (0..<1000).map { (Double($0), $0 % 2 == 0 ? 0.0 : 1.0) }).thinned(to: 100)
        #expect(series.points.count == 100)
        #expect(series.points.allSatisfy { abs($0.y - 0.5) < 1e-9 })
        #expect(LinePlot.Series("x", [(0, .nan), (1, 2)]).points.count == 1)
    }

    @Test func isWellFormedXML() throws {
        let plot = LinePlot(
            title: "a & b", horizontal: "step",
            series: [.init("one", [(0, 1), (1, 2)]), .init("two", [(0, 3)]), .init("none", [])])
        let svg = LinePlot.svg([plot, plot])
        #expect(svg.components(separatedBy: "<polyline").count == 3)
        #expect(svg.components(separatedBy: "<circle").count == 3)
        #expect(svg.components(separatedBy: "<g ").count == svg.components(separatedBy: "</g>").count)
        #expect(svg.contains("a &amp; b") && !svg.contains("a & b"))
    }
}
