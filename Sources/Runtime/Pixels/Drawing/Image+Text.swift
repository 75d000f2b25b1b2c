extension Image {
    /// The default text height for a picture of this size, in pixels: 16 for 640 x 480.
    public var textHeight: Int { max(12, min(width, height) / 30) }

    /// Returns the width of `text` in pixels when drawn `height` pixels high.
    public static func textWidth(of text: String, height: Int) -> Int { text.count * letterWidth(height) }

    /// Draws one line of text.
    ///
    /// - Parameters:
    ///   - text: ASCII and Latin-1; other characters become an empty frame.
    ///   - origin: The top left corner, in pixels. Any part outside the picture is not drawn.
    ///   - color: The color of the text.
    ///   - height: The height of the text with ascenders and descenders, in pixels; by default ``textHeight``.
    ///   - background: The color that fills the line's rectangle first; `nil` for none.
    public mutating func drawText(
        _ text: String, at origin: Point, color: Color, height: Int? = nil, background: Color? = nil
    ) {
        let height = max(height ?? textHeight, 1)
        let size = Self.textWidth(of: text, height: height)
        guard let line = PixelRectangle(Box(x: origin.x, y: origin.y, width: Float(size), height: Float(height)))
        else { return }
        if let background, size > 0 { fill(line, with: background) }
        let scaler = GlyphScaler(width: Self.letterWidth(height), height: height)
        for (index, character) in text.enumerated() {
            let left = line.left + index * scaler.width
            guard left < width else { return }
            draw(scaler.coverage(of: Font.glyph(character)), of: scaler, left: left, top: line.top, color: color)
        }
    }

    /// Draws `text` on a strip of `color` above `box`, or inside the box if there is no room above.
    ///
    /// The text is black or white, whichever is easier to read on `color`.
    public mutating func drawLabel(_ text: String, for box: Box, color: Color, height: Int? = nil) {
        let height = max(height ?? textHeight, 1)
        let above = box.y - Float(height)
        let farthest = Float(width - Self.textWidth(of: text, height: height))
        let corner = Point(x: max(min(box.x, farthest), 0), y: above >= 0 ? above : max(box.y, 0))
        let ink: Color = color.luminance >= 112 ? .black : .white
        drawText(text, at: corner, color: ink, height: height, background: color)
    }

    private static func letterWidth(_ height: Int) -> Int { max(1, (height * Font.width + 10) / Font.height) }

    private mutating func draw(_ coverage: [Float], of scaler: GlyphScaler, left: Int, top: Int, color: Color) {
        let cell = PixelRectangle(left, top, left + scaler.width, top + scaler.height)
        guard let seen = cell.clipped(width: width, height: height) else { return }
        for y in seen.top..<seen.bottom {
            for x in seen.left..<seen.right {
                let share = coverage[(y - top) * scaler.width + x - left]
                blend(color, at: (y * width + x) * 3, coverage: min(share, 1))
            }
        }
    }
}

/// A glyph at another size: the share of each pixel that it covers.
private struct GlyphScaler {
    let width: Int
    let height: Int
    private let columns: ResamplingAxis
    private let rows: ResamplingAxis

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        columns = ResamplingAxis(covering: Font.width, by: width)
        rows = ResamplingAxis(covering: Font.height, by: height)
    }

    func coverage(of glyph: Font.Glyph) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                var sum: Float = 0
                rows.forEachTap(of: y) { row, rowWeight in
                    columns.forEachTap(of: x) { column, weight in
                        if glyph[row] >> (Font.width - 1 - column) & 1 == 1 { sum += rowWeight * weight }
                    }
                }
                result.append(sum)
            }
        }
        return result
    }
}
