extension Plot {
    /// The size of a plot, in units of a pixel at its natural size.
    public struct Size: Hashable, Sendable {
        /// The width.
        public var width: Double
        /// The height.
        public var height: Double

        /// Creates a size.
        public init(width: Double, height: Double) { (self.width, self.height) = (width, height) }

        /// A size for two plots side by side on a wide screen, which is still readable at the width of a phone.
        public static let small = Size(width: 480, height: 380)
        /// A size of the full width of a page.
        public static let wide = Size(width: 720, height: 300)
    }

    /// The style sheet for dark mode, which a page with ``element(_:)`` needs once.
    public static let stylesheet = Palette.stylesheet

    /// Returns the plot as an element for an HTML page.
    public func element(_ size: Size = .small) -> String { Self.document([self], size, styled: false) }

    /// Returns the plot as an SVG file.
    public func svg(_ size: Size = .small) -> String { Self.svg(stacking: [self], size) }

    /// Returns an SVG file with plots stacked vertically.
    public static func svg(stacking plots: [Plot], _ size: Size = .wide) -> String {
        document(plots, size, styled: true) + "\n"
    }

    private static func document(_ plots: [Plot], _ size: Size, styled: Bool) -> String {
        let height = size.height * Double(max(plots.count, 1))
        let groups = plots.enumerated().map { index, plot in
            "<g transform=\"translate(0 \(Markup.number(Double(index) * size.height)))\">\n"
                + PlotDrawing(plot, size).text + "</g>\n"
        }
        let title = Markup.escaped(plots.map(\.title).joined(separator: "; "))
        return """
            <svg\(styled ? " xmlns=\"http://www.w3.org/2000/svg\"" : "") class="plot" role="img" aria-label="\(title)" \
            viewBox="0 0 \(Markup.number(size.width)) \(Markup.number(height))" \
            font-family="system-ui, sans-serif" font-size="13">
            \(styled ? "<style>\(stylesheet)</style>\n" : "")<rect width="100%" height="100%" \(Palette.paper)/>
            \(groups.joined())</svg>
            """
    }
}

/// Draws one plot as SVG.
private struct PlotDrawing {
    private let plot: Plot
    private let area: (left: Double, top: Double, right: Double, bottom: Double)
    private let legend: [(series: Int, x: Double, y: Double)]

    /// The approximate width of a letter, and the height of a line of the legend.
    private static let letter = 7.0, row = 19.0

    init(_ plot: Plot, _ size: Plot.Size) {
        self.plot = plot
        let left = plot.vertical.label.isEmpty ? 58.0 : 70, right = size.width - 18
        // Names continue on further lines if one is full.
        var x = left, y = 46.0, places: [(series: Int, x: Double, y: Double)] = []
        for (index, series) in plot.series.enumerated() {
            let width = Double(series.name.count) * Self.letter + 44
            if x > left, x + width > right { (x, y) = (left, y + Self.row) }
            places.append((index, x, y))
            x += width
        }
        legend = places
        area = (left, places.isEmpty ? 36 : y + 14, right, size.height - (plot.horizontal.label.isEmpty ? 30 : 50))
    }

    var text: String { heading + frame + data + guides }

    private func x(_ value: Double) -> Double { plot.horizontal.place(value, from: area.left, to: area.right) }
    private func y(_ value: Double) -> Double { plot.vertical.place(value, from: area.bottom, to: area.top) }

    // MARK: Around the data

    private var heading: String {
        let names = legend.map { entry in
            line(
                entry.x, entry.y - 4, entry.x + 26, entry.y - 4, "stroke-width=\"2.4\" \(Palette.stroke(entry.series))")
                + letters(plot.series[entry.series].name, entry.x + 32, entry.y)
        }
        return letters(plot.title, area.left, 22, "font-weight=\"600\" font-size=\"15\"") + names.joined()
    }

    private var frame: String {
        var text = ""
        for tick in plot.vertical.ticks {
            text += line(area.left, y(tick.value), area.right, y(tick.value), Palette.grid)
            text += letters(tick.label, area.left - 8, y(tick.value) + 4.5, "text-anchor=\"end\"")
        }
        for tick in plot.horizontal.ticks {
            text += line(x(tick.value), area.top, x(tick.value), area.bottom, Palette.grid)
            text += letters(tick.label, x(tick.value), area.bottom + 18, "text-anchor=\"middle\"")
        }
        text += line(area.left, area.bottom, area.right, area.bottom, Palette.frame)
        text += line(area.left, area.top, area.left, area.bottom, Palette.frame)
        let middle = (x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2)
        if !plot.horizontal.label.isEmpty {
            text += letters(plot.horizontal.label, middle.x, area.bottom + 40, "text-anchor=\"middle\"")
        }
        if !plot.vertical.label.isEmpty {
            let turn = "text-anchor=\"middle\" transform=\"rotate(-90 18 \(Markup.number(middle.y)))\""
            text += letters(plot.vertical.label, 18, middle.y, turn)
        }
        return text
    }

    // MARK: The data

    /// The data, in a nested element that clips everything outside the axes.
    ///
    /// Its coordinates are those of the whole plot.
    private var data: String {
        let (width, height) = (area.right - area.left, area.bottom - area.top)
        let places = [area.left, area.top, width, height].map(Markup.number)
        return "<svg x=\"\(places[0])\" y=\"\(places[1])\" width=\"\(places[2])\" height=\"\(places[3])\" "
            + "viewBox=\"\(places.joined(separator: " "))\" overflow=\"hidden\">\n"
            + plot.series.indices.map(band).joined() + plot.series.indices.map(marks).joined() + "</svg>\n"
    }

    /// Returns the interval band of a line.
    private func band(_ index: Int) -> String {
        let series = plot.series[index]
        let ends = series.points.compactMap { point in
            point.low.flatMap { low in point.high.map { (x: point.x, low: low, high: $0) } }
        }
        guard series.shape != .discs, ends.count > 1 else { return "" }
        let upper = ends.map { (x($0.x), y($0.high)) }, lower = ends.reversed().map { (x($0.x), y($0.low)) }
        return "<polygon points=\"\(places(upper + lower))\" \(Palette.fill(index, opacity: 0.2))/>\n"
    }

    private func marks(_ index: Int) -> String {
        let series = plot.series[index]
        let points = series.points.map { (x($0.x), y($0.y)) }
        guard let first = points.first, let last = points.last else { return "" }
        // A single point doesn't form a line.
        if series.shape == .discs || points.count == 1 { return series.points.map { disc($0, index) }.joined() }
        let edge = "<polyline fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"\(places(points))\" "
        let filled = [(first.0, area.bottom)] + points + [(last.0, area.bottom)]
        let surface = "<polygon points=\"\(places(filled))\" \(Palette.fill(index, opacity: 0.2))/>\n"
        return (series.shape == .area ? surface : "") + edge + "\(Palette.stroke(index))/>\n"
    }

    private func disc(_ point: Plot.Point, _ index: Int) -> String {
        let center = (x(point.x), y(point.y))
        var text = ""
        if let low = point.low, let high = point.high {
            text += line(center.0, y(low), center.0, y(high), "stroke-width=\"1.6\" \(Palette.stroke(index))")
        }
        let place = "cx=\"\(Markup.number(center.0))\" cy=\"\(Markup.number(center.1))\""
        return text + "<circle \(place) r=\"3.5\" \(Palette.fill(index, opacity: 1))/>\n"
    }

    private var guides: String {
        plot.guides.enumerated().map { index, guide in
            let start = (x(guide.start.x), y(guide.start.y)), end = (x(guide.end.x), y(guide.end.y))
            let top = start.1 < end.1 ? start : end
            let rule = line(start.0, start.1, end.0, end.1, "stroke-dasharray=\"4 4\" \(Palette.frame)")
            guard !guide.label.isEmpty else { return rule }
            // Labels of lines that are close together are placed below each other, on the side with room.
            let width = Double(guide.label.count) * Self.letter
            let isRight = top.0 + width + 8 > area.right
            let place = isRight ? "text-anchor=\"end\"" : ""
            return rule
                + letters(
                    guide.label, top.0 + (isRight ? -5 : 5), max(top.1, area.top) + 14 + Double(index) * 17, place,
                    colors: Palette.halo)
        }.joined()
    }

    // MARK: Elements

    private func places(_ points: [(Double, Double)]) -> String {
        points.map { "\(Markup.number($0.0)),\(Markup.number($0.1))" }.joined(separator: " ")
    }

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ attributes: String) -> String {
        let places = zip(["x1", "y1", "x2", "y2"], [x1, y1, x2, y2]).map { "\($0)=\"\(Markup.number($1))\"" }
        return "<line \(places.joined(separator: " ")) \(attributes)/>\n"
    }

    private func letters(
        _ text: String, _ x: Double, _ y: Double, _ attributes: String = "", colors: String = Palette.ink
    ) -> String {
        "<text x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\" \(attributes) \(colors)>"
            + "\(Markup.escaped(text))</text>\n"
    }
}
