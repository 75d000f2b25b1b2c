extension Image {
    /// The default line width for a picture of this size, in pixels: 2 for 640 x 480.
    public var lineWidth: Int { max(1, (min(width, height) + 120) / 240) }

    /// Draws the outline of `box`, inside its edges.
    ///
    /// - Parameters:
    ///   - box: The box, in pixels from the top left. Any part outside the picture is not drawn.
    ///   - color: The color of the outline.
    ///   - thickness: The width of the line, in pixels; by default ``lineWidth``.
    public mutating func draw(_ box: Box, color: Color, thickness: Int? = nil) {
        guard let frame = PixelRectangle(box) else { return }
        let inset = max(1, min(thickness ?? lineWidth, (min(frame.width, frame.height) + 1) / 2))
        fill(PixelRectangle(frame.left, frame.top, frame.right, frame.top + inset), with: color)
        fill(PixelRectangle(frame.left, frame.bottom - inset, frame.right, frame.bottom), with: color)
        fill(PixelRectangle(frame.left, frame.top, frame.left + inset, frame.bottom), with: color)
        fill(PixelRectangle(frame.right - inset, frame.top, frame.right, frame.bottom), with: color)
    }

    /// Draws a filled circle around each point.
    ///
    /// - Parameters:
    ///   - points: The centers; the center of the first pixel is (0, 0).
    ///   - color: The color of the circles.
    ///   - radius: The radius, in pixels; by default ``lineWidth``.
    public mutating func draw(_ points: [Point], color: Color, radius: Float? = nil) {
        for point in points {
            drawCapsule(from: point, to: point, radius: radius ?? Float(lineWidth), color: color)
        }
    }

    /// Draws a straight line with round, antialiased ends.
    ///
    /// - Parameters:
    ///   - start: One end; the center of the first pixel is (0, 0).
    ///   - end: The other end.
    ///   - color: The color of the line.
    ///   - thickness: The width of the line, in pixels; by default ``lineWidth``.
    public mutating func drawLine(from start: Point, to end: Point, color: Color, thickness: Int? = nil) {
        drawCapsule(from: start, to: end, radius: Float(max(thickness ?? lineWidth, 1)) / 2, color: color)
    }

    /// Draws every pixel whose center is within `radius` of the segment, with half a pixel of antialiasing.
    private mutating func drawCapsule(from start: Point, to end: Point, radius: Float, color: Color) {
        let reach = radius + 1
        let around = Box(
            x: min(start.x, end.x) - reach, y: min(start.y, end.y) - reach,
            width: abs(end.x - start.x) + 2 * reach, height: abs(end.y - start.y) + 2 * reach)
        guard let frame = PixelRectangle(around)?.clipped(width: width, height: height) else { return }
        let dx = end.x - start.x, dy = end.y - start.y
        let squared = dx * dx + dy * dy
        for y in frame.top..<frame.bottom {
            for x in frame.left..<frame.right {
                let px = Float(x) - start.x, py = Float(y) - start.y
                let along = squared > 0 ? min(max((px * dx + py * dy) / squared, 0), 1) : 0
                let ox = px - along * dx, oy = py - along * dy
                let coverage = min(max(radius + 0.5 - (ox * ox + oy * oy).squareRoot(), 0), 1)
                blend(color, at: (y * width + x) * 3, coverage: coverage)
            }
        }
    }

    mutating func fill(_ rectangle: PixelRectangle, with color: Color) {
        guard let frame = rectangle.clipped(width: width, height: height) else { return }
        for y in frame.top..<frame.bottom {
            for x in frame.left..<frame.right { blend(color, at: (y * width + x) * 3, coverage: 1) }
        }
    }

    /// Mixes `color` into the pixel whose bytes begin at `offset`.
    mutating func blend(_ color: Color, at offset: Int, coverage: Float) {
        guard coverage > 0 else { return }
        for (channel, value) in [color.red, color.green, color.blue].enumerated() {
            let old = Float(pixels[offset + channel])
            pixels[offset + channel] = UInt8(old + (Float(value) - old) * coverage + 0.5)
        }
    }
}

/// A rectangle of whole pixels.
///
/// `right` and `bottom` are the first column and row outside.
struct PixelRectangle: Equatable {
    var left, top, right, bottom: Int

    var width: Int { right - left }
    var height: Int { bottom - top }

    init(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) {
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// Creates the rectangle of whole pixels nearest to `box`, at least one; `nil` if the box has invalid coordinates
    /// or a negative size.
    init?(_ box: Box) {
        let edges = [box.x, box.y, box.x + box.width, box.y + box.height]
        guard edges.allSatisfy(\.isFinite), box.width >= 0, box.height >= 0 else { return nil }
        let whole = edges.map { Int(min(max($0.rounded(), -0x1p30), 0x1p30)) }
        self.init(whole[0], whole[1], max(whole[2], whole[0] + 1), max(whole[3], whole[1] + 1))
    }

    /// Returns the part inside a picture of this size; `nil` if they don't overlap.
    func clipped(width: Int, height: Int) -> PixelRectangle? {
        let part = PixelRectangle(max(left, 0), max(top, 0), min(right, width), min(bottom, height))
        return part.width > 0 && part.height > 0 ? part : nil
    }
}
