import Foundation
import Testing

@testable import Plots

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct PlotTests {
    private static let plot = Plot(
        "a & b <c>", horizontal: Axis("x \"axis\"", over: 0...2), vertical: Axis("y", fitting: [0, 3]),
        series: [
            Plot.Series("line", [Plot.Point(0, 1, low: 0.5, high: 1.5), Plot.Point(1, 2, low: 1, high: 3)]),
            Plot.Series("area", [Plot.Point(0, 1), Plot.Point(2, 0)], shape: .area),
            Plot.Series("discs", [Plot.Point(1, 1, low: 0, high: 2), Plot.Point(2, 2)], shape: .discs),
            Plot.Series("single", [Plot.Point(0, 3)]), Plot.Series("none", []),
        ], guides: [Plot.Guide(from: Plot.Point(1, 0), to: Plot.Point(1, 3), label: "FMR < 1 %")])

    private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

    @Test func isWellFormedXML() {
        for svg in [Self.plot.svg(), Plot.svg(stacking: [Self.plot, Self.plot]), Plot.svg(stacking: [])] {
            let parser = XMLParser(data: Data(svg.utf8))
            #expect(parser.parse(), "\(String(describing: parser.parserError))")
        }
        let svg = Self.plot.svg()
        #expect(svg.contains("a &amp; b &lt;c&gt;") && !svg.contains("<c>"))
        #expect(svg.contains("FMR &lt; 1 %"))
    }

    @Test func drawsWhatItIsGiven() {
        let svg = Self.plot.svg()
        #expect(count("<polyline", in: svg) == 2, "the line and the edge of the area")
        #expect(count("<polygon", in: svg) == 2, "the band and the area")
        #expect(count("<circle", in: svg) == 3, "two discs, and a line of one point")
        for name in ["line", "area", "discs", "single", "none"] { #expect(svg.contains(">\(name)</text>")) }
        #expect(svg.contains("nan") == false && svg.contains("inf") == false)
    }

    @Test func isDarkInTheDarkAndRefersToNothing() {
        #expect(Self.plot.svg().contains("prefers-color-scheme:dark"))
        let element = Self.plot.element()
        #expect(!element.contains("<style>") && !element.contains("http"), "a page has the style once")
        #expect(element.hasPrefix("<svg class=\"plot\"") && element.hasSuffix("</svg>"))
    }

    @Test func seriesDifferWithoutColours() {
        let series = (0..<8).map { Plot.Series("\($0)", [Plot.Point(0, Double($0)), Plot.Point(1, Double($0))]) }
        let svg = Plot("", horizontal: "", series: series).svg()
        let lines = svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }
        #expect(lines.count == 8)
        let patterns = lines.prefix(7).map { line in
            line.range(of: "stroke-dasharray").map { String(line[$0.lowerBound...]) } ?? "solid"
        }
        #expect(Set(patterns).count == 7)
        // Of twelve series, colors repeat with other dashes.
        #expect(Set((0..<14).map(Palette.stroke)).count == 14)
    }

    @Test func manyPointsBecomeMeans() {
        let points = (0..<1000).map { Plot.Point(Double($0), $0 % 2 == 0 ? 0 : 1) }
        let series = Plot.Series("x", points).thinned(to: 100)
        #expect(series.points.count == 100)
        #expect(series.points.allSatisfy { abs($0.y - 0.5) < 1e-9 })
        #expect(Plot.Series("x", [Plot.Point(0, .nan), Plot.Point(1, 2)]).points.count == 1)
    }

    @Test func nothingInTextIsMarkup() {
        #expect(Markup.escaped("<b a=\"1\" c='2'>&") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;")
        #expect(Markup.escaped("a\u{1}b\u{FFFF}\n") == "a\u{FFFD}b\u{FFFD}\n")
    }
}
