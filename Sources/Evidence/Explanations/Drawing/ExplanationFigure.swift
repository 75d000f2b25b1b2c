public import Pixels

/// A figure of faces next to their maps, with headings and a scale.
public struct ExplanationFigure: Sendable {
    /// A map over a face.
    public struct Panel: Sendable {
        /// The caption above it.
        public var caption: String
        /// The map.
        public var grid: HeatGrid
        /// The value of the scale's last color, above 0.
        public var limit: Float

        /// Creates a panel from its parts.
        public init(caption: String, grid: HeatGrid, limit: Float) {
            (self.caption, self.grid, self.limit) = (caption, grid, limit)
        }
    }

    /// A face with its maps.
    public struct Row: Sendable {
        /// The caption above the face, such as its file name.
        public var caption: String
        /// The aligned face.
        public var face: Image
        /// The maps over it.
        public var panels: [Panel]

        /// Creates a row from its parts.
        public init(caption: String, face: Image, panels: [Panel]) {
            (self.caption, self.face, self.panels) = (caption, face, panels)
        }
    }

    /// The lines at the top.
    public var heading: [String]
    /// The faces, from the top.
    public var rows: [Row]
    /// The labels of the scale's ends and middle.
    public var scale: (low: String, middle: String, high: String)

    /// Creates a figure from its parts.
    public init(heading: [String], rows: [Row], scale: (low: String, middle: String, high: String)) {
        (self.heading, self.rows, self.scale) = (heading, rows, scale)
    }

    private static let margin = 16
    private static let tile = 320
    fileprivate static let letters = 16
    private static let line = 24
    private static let bar = 18

    /// Returns the drawn figure: 688 pixels wide for one map per face, 336 more for each further one.
    public func drawn() -> Image {
        let columns = 1 + (rows.map(\.panels.count).max() ?? 0)
        let width = Self.margin + columns * (Self.tile + Self.margin)
        let rowHeight = Self.line + Self.tile + Self.margin
        let head = Self.margin + heading.count * Self.line
        let height = head + rows.count * rowHeight + Self.bar + Self.line + Self.margin
        var figure = Image(width: width, height: height, color: .white)
        for (index, text) in heading.enumerated() {
            figure.write(text, x: Self.margin, y: Self.margin + index * Self.line, width: width - 2 * Self.margin)
        }
        for (index, row) in rows.enumerated() { draw(row, into: &figure, top: head + index * rowHeight) }
        drawScale(into: &figure, top: head + rows.count * rowHeight, width: width - 2 * Self.margin)
        return figure
    }

    private func draw(_ row: Row, into figure: inout Image, top: Int) {
        let face = row.face.resized(width: Self.tile, height: Self.tile, method: .bilinear)
        var left = Self.margin
        for (caption, picture) in [(row.caption, face)]
            + row.panels.map({ ($0.caption, face.overlaid(with: $0.grid, limit: $0.limit)) })
        {
            figure.write(caption, x: left, y: top, width: Self.tile)
            figure.paste(picture, x: left, y: top + Self.line)
            left += Self.tile + Self.margin
        }
    }

    private func drawScale(into figure: inout Image, top: Int, width: Int) {
        var bar = Image(width: width, height: Self.bar)
        for x in 0..<width {
            let color = SignedScale.color(Float(x) / Float(width - 1) * 2 - 1)
            for y in 0..<Self.bar {
                let start = (y * width + x) * 3
                bar.pixels.replaceSubrange(start..<start + 3, with: [color.red, color.green, color.blue])
            }
        }
        figure.paste(bar, x: Self.margin, y: top)
        let size = { (text: String) in Image.textWidth(of: text, height: Self.letters) }
        let under = top + Self.bar + 4
        figure.write(scale.low, x: Self.margin, y: under, width: width)
        figure.write(scale.middle, x: Self.margin + (width - size(scale.middle)) / 2, y: under, width: width)
        figure.write(scale.high, x: Self.margin + width - size(scale.high), y: under, width: width)
    }
}

extension Image {
    /// Draws black text in the figure's font size, truncated if it does not fit.
    fileprivate mutating func write(_ text: String, x: Int, y: Int, width: Int) {
        let height = ExplanationFigure.letters
        let most = max(width / Image.textWidth(of: "0", height: height), 4)
        let shown = text.count > most ? text.prefix(most - 3) + "..." : text
        drawText(shown, at: Point(x: Float(x), y: Float(y)), color: .black, height: height)
    }

    /// Copies `picture` to a position inside this picture.
    fileprivate mutating func paste(_ picture: Image, x: Int, y: Int) {
        for row in 0..<picture.height {
            let from = row * picture.width * 3, to = ((y + row) * width + x) * 3
            pixels.replaceSubrange(
                to..<to + picture.width * 3, with: picture.pixels[from..<from + picture.width * 3])
        }
    }
}
