import Foundation

/// Lines over a common horizontal axis, drawn as SVG.
struct LinePlot {
    /// One line.
    struct Series {
        var name: String
        /// In rising order of x; points that are no numbers are left out.
        var points: [(x: Double, y: Double)]

        init(_ name: String, _ points: [(Double, Double)]) {
            self.name = name
            self.points = points.filter { $0.0.isFinite && $0.1.isFinite }
        }

        /// At most `count` points, each the mean of its neighbours: what is noise over thousands of steps is a line.
        func thinned(to count: Int = 300) -> Series {
            guard points.count > count else { return self }
            let means = (0..<count).map { index in
                let group = points[index * points.count / count..<(index + 1) * points.count / count]
                let total = group.reduce((0, 0)) { ($0.0 + $1.x, $0.1 + $1.y) }
                return (total.0 / Double(group.count), total.1 / Double(group.count))
            }
            return Series(name, means)
        }
    }

    var title: String
    var horizontal: String
    var series: [Series]

    private static let size = (width: 720.0, height: 300.0)
    private static let area = (left: 70.0, top: 34.0, right: 700.0, bottom: 250.0)
    /// Colours that stay apart for the colour-blind (Okabe and Ito, 2008).
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]

    /// A document with the plots one below the other.
    static func svg(_ plots: [LinePlot]) -> String {
        let height = size.height * Double(max(plots.count, 1))
        let body = plots.enumerated().map { index, plot in
            "<g transform=\"translate(0 \(number(Double(index) * size.height)))\">\n\(plot.group)</g>\n"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(size.width)) \(number(height))" \
            font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="white"/>
            \(body.joined())</svg>

            """
    }

    private var group: String {
        let horizontal = Axis(series.flatMap { $0.points.map(\.x) }, from: Self.area.left, to: Self.area.right)
        let vertical = Axis(series.flatMap { $0.points.map(\.y) }, from: Self.area.bottom, to: Self.area.top)
        let lines = series.enumerated().map { line($1, color: color($0), horizontal, vertical) }
        return frame(horizontal, vertical) + lines.joined() + legend
    }

    private func color(_ index: Int) -> String { Self.colors[index % Self.colors.count] }

    private func line(_ series: Series, color: String, _ horizontal: Axis, _ vertical: Axis) -> String {
        let places = series.points.map { (horizontal.place($0.x), vertical.place($0.y)) }
        guard let first = places.first else { return "" }
        // One point makes no line.
        guard places.count > 1 else {
            return "<circle cx=\"\(Self.number(first.0))\" cy=\"\(Self.number(first.1))\" r=\"3\" fill=\"\(color)\"/>\n"
        }
        let points = places.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
        return "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.6\" points=\"\(points)\"/>\n"
    }

    private func frame(_ horizontal: Axis, _ vertical: Axis) -> String {
        let area = Self.area
        var text = Self.text(area.left, area.top - 14, title, "font-weight=\"bold\"")
        for (value, label) in vertical.ticks {
            let y = vertical.place(value)
            text += Self.rule(area.left, y, area.right, y)
            text += Self.text(area.left - 8, y + 4, label, "text-anchor=\"end\"")
        }
        for (value, label) in horizontal.ticks {
            let x = horizontal.place(value)
            text += Self.rule(x, area.bottom, x, area.bottom + 5)
            text += Self.text(x, area.bottom + 18, label, "text-anchor=\"middle\"")
        }
        text += Self.text((area.left + area.right) / 2, area.bottom + 36, self.horizontal, "text-anchor=\"middle\"")
        return text
    }

    private var legend: String {
        // From the right, so that names of any length fit; a letter is about 7 wide.
        var x = Self.area.right
        return series.enumerated().reversed().map { index, series in
            x -= Double(series.name.count) * 7 + 30
            return "<rect x=\"\(Self.number(x))\" y=\"16\" width=\"14\" height=\"4\" fill=\"\(color(index))\"/>\n"
                + Self.text(x + 18, 22, series.name)
        }.joined()
    }

    private static func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" stroke=\"#ddd\"/>\n"
    }

    private static func text(_ x: Double, _ y: Double, _ text: String, _ attributes: String = "") -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return "<text x=\"\(number(x))\" y=\"\(number(y))\" \(attributes)>\(escaped)</text>\n"
    }

    private static func number(_ value: Double) -> String { String(format: "%.6g", (value * 10).rounded() / 10) }
}
