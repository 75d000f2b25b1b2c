import Evaluation
import Faces
import Foundation
import Pixels
import Plots
import Testing

@testable import Reports

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct PairsPageTests {
    private func report(_ names: [String]) throws -> Report {
        let measurements = try names.enumerated().map { try Made.measurement($1, gain: Float($0) * 0.1) }
        let contrasts = try measurements.dropFirst().map { other in
            ModelContrast(
                first: names[0], second: other.model.card.name,
                contrast: try SystemContrast(
                    first: measurements[0].comparisons, second: other.comparisons, rates: [0.1, 1e-3], rounds: 40))
        }
        return try Report(
            pairs: measurements, contrasts: contrasts, list: Made.list, provenance: Made.provenance)
    }

    @Test func everyFigureAppears() throws {
        let html = try report(["sface"]).page.html
        let figures = try Made.measurement("sface").report
        let accuracy = try #require(figures.accuracy)
        let parts = [
            String(format: "%.2f %%", 100 * accuracy.mean), String(format: "± %.2f", 100 * accuracy.standardError),
            String(format: "%.5f", figures.auc), String(format: "%.2f %%", 100 * figures.eer),
            String(format: "%.4f", figures.tar[0].threshold), "refused", "rule of three", "sface@abababababab/1",
            "Apache-2.0", "Byte for byte.", "likeness evaluate pairs --images &#39;a b&#39;", "1970-01-01T00:00:00Z",
            "yunet", "Worst false matches", "Worst false non-matches", "Folds", "Probabilities", "lost.jpg",
            "no &lt;face&gt;",
        ]
        for part in parts { #expect(html.contains(part), "\(part)") }
        #expect(html.components(separatedBy: "<svg").count == 9, "four plots, each with its data in one of its own")
    }

    @Test func nothingIsLoadedAndNamesAreNoMarkup() throws {
        let html = try report(["sface", "other"]).page.html
        #expect(!html.contains("<img src=http") && !html.contains("<script") && !html.contains("url("))
        #expect(!html.contains("@import") && !html.contains("<link"))
        for part in html.components(separatedBy: "src=\"").dropFirst() {
            #expect(part.hasPrefix("data:image/jpeg;base64,"))
        }
        for part in html.components(separatedBy: "href=\"").dropFirst() { #expect(part.hasPrefix("#s")) }
        // The only URL is the one in the hostile name, as text.
        let escaped = Markup.escaped(Made.hostile)
        #expect(html.contains(escaped))
        #expect(!html.replacing(escaped, with: "").contains("http"))
    }

    @Test func tagsAreClosedInOrder() throws {
        let html = try report(["sface", "other"]).page.html
        let void: Set<String> = ["meta", "img", "!DOCTYPE"]
        var open: [Substring] = []
        for part in html.components(separatedBy: "<").dropFirst() {
            let tag = part.prefix { $0 != ">" }
            let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
            if tag.hasPrefix("/") {
                #expect(open.popLast().map(String.init) == String(tag.dropFirst()))
            } else if !tag.hasSuffix("/"), !void.contains(String(name)) {
                open.append(Substring(String(name)))
            }
        }
        #expect(open.isEmpty)
    }

    @Test func severalModelsStandSideBySide() throws {
        let report = try report(["sface", "other"])
        let html = report.page.html
        for part in [
            "Models compared on the same pairs", "only sface is correct", "other minus sface", "Origin of the weights",
            "More about other",
        ] { #expect(html.contains(part), "\(part)") }
        #expect(report.plots["roc"]?.series.map(\.name) == ["sface", "other"])
        #expect(
            Set(report.plots.keys) == ["roc", "det", "histogram-sface", "histogram-other", "reliability"])
        #expect(report.tables["pairs"]?.first == ["image_a", "image_b", "same", "fold", "sface", "other"])
    }

    @Test func tablesHoldWhatWasDrawn() throws {
        let report = try report(["sface"])
        let pairs = try #require(report.tables["pairs"])
        #expect(pairs.count == 401 && pairs[0] == ["image_a", "image_b", "same", "fold", "similarity"])
        #expect(pairs[4].last == "", "a picture without a face has no similarity")
        let first = try #require(Made.comparisons()[0].similarity)
        #expect(pairs[1] == ["a0.jpg", "b0.jpg", "1", "0", "\(first)"])
        let (roc, det) = (try #require(report.tables["roc"]), try #require(report.tables["det"]))
        #expect(roc.count == det.count && roc.count > 20)
        for (hit, miss) in zip(roc.dropFirst(), det.dropFirst()) {
            let tar = try #require(Double(hit[5])), fnmr = try #require(Double(miss[5]))
            #expect(abs(tar + fnmr - 1) < 1e-12 && hit[1] == miss[1])
            #expect(Double(hit[6]) ?? 1 <= tar && tar <= Double(hit[7]) ?? 0)
        }
        let histogram = try #require(report.tables["histogram"])
        #expect(histogram.dropFirst().reduce(0) { $0 + (Int($1[3]) ?? 0) + (Int($1[4]) ?? 0) } == 399)
        for rows in report.tables.values { #expect(Set(rows.map(\.count)).count == 1) }
    }

    @Test func plotsAreWellFormed() throws {
        for (name, plot) in try report(["sface", "other"]).plots {
            #expect(XMLParser(data: Data(plot.svg().utf8)).parse(), "\(name)")
        }
    }

    @Test func theDETHasRoundPercentages() throws {
        let plot = try #require(try report(["sface"]).plots["det"])
        let labels = plot.horizontal.ticks.map(\.label)
        #expect(labels.contains("1") && labels.contains("10") && labels.contains("40"))
        #expect(Axis("", scale: .normalDeviate, fitting: [0.003, 0.3]).range == 0.002...0.4)
        #expect(Axis("", scale: .normalDeviate, fitting: [0, 1]).range == 1e-6...0.999)
    }
}
