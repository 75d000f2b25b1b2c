/// A picture, or a part of one, at full size or reduced by a whole factor.
///
/// Pixel (column, row) of ``image`` is the mean of the square of full-size pixels whose top left corner is (``x`` +
/// column * ``reduction``, ``y`` + row * ``reduction``). At the picture's border, the square may lie partly outside.
public struct ScaledImage: Hashable, Sendable {
    /// The pixels.
    public var image: Image
    /// The width and height of one pixel in full-size pixels, 1 or more.
    public let reduction: Int
    /// The full picture's column at the left edge of the first pixel.
    public let x: Int
    /// The full picture's row at the top edge of the first pixel.
    public let y: Int

    /// Creates a reduced picture from its pixels and its place in the full picture.
    public init(_ image: Image, reduction: Int = 1, x: Int = 0, y: Int = 0) {
        precondition(reduction > 0, "a pixel stands for at least one")
        self.image = image
        self.reduction = reduction
        self.x = x
        self.y = y
    }

    /// Converts a box from the full picture's pixels to this picture's.
    public func local(_ box: Box) -> Box {
        let scale = 1 / Float(reduction)
        return Box(
            x: (box.x - Float(x)) * scale, y: (box.y - Float(y)) * scale, width: box.width * scale,
            height: box.height * scale)
    }

    /// Converts a point from the full picture's pixels to this picture's; the center of the first pixel is (0, 0) in
    /// both.
    public func local(_ point: Point) -> Point {
        let scale = 1 / Float(reduction)
        return Point(
            x: (point.x + 0.5 - Float(x)) * scale - 0.5, y: (point.y + 0.5 - Float(y)) * scale - 0.5)
    }

    /// Returns the same part, reduced by a further `factor`: each pixel is the mean of a square.
    public func reduced(by factor: Int) -> ScaledImage {
        precondition(factor > 0, "a pixel stands for at least one")
        guard factor > 1 else { return self }
        let columns = (image.width + factor - 1) / factor, rows = (image.height + factor - 1) / factor
        let small = Image(width: columns, height: rows) { target in
            image.pixels.withUnsafeBufferPointer { source in
                var to = 0
                for row in 0..<rows {
                    let lines = row * factor..<min((row + 1) * factor, image.height)
                    for column in 0..<columns {
                        let places = column * factor..<min((column + 1) * factor, image.width)
                        let count = lines.count * places.count
                        for channel in 0..<3 {
                            var sum = count / 2
                            for line in lines {
                                for place in places { sum += Int(source[(line * image.width + place) * 3 + channel]) }
                            }
                            target[to + channel] = UInt8(sum / count)
                        }
                        to += 3
                    }
                }
            }
        }
        return ScaledImage(small, reduction: reduction * factor, x: x, y: y)
    }

    /// Returns the part of this picture that `box` touches; `nil` if they don't overlap.
    ///
    /// `box` is in the full picture's pixels.
    public func part(_ box: Box) -> ScaledImage? {
        guard let wanted = PixelRectangle(local(box)),
            let seen = wanted.clipped(width: image.width, height: image.height)
        else { return nil }
        guard seen.width < image.width || seen.height < image.height else { return self }
        let cut = image.cropped(
            to: Box(x: Float(seen.left), y: Float(seen.top), width: Float(seen.width), height: Float(seen.height)))
        return ScaledImage(cut, reduction: reduction, x: x + seen.left * reduction, y: y + seen.top * reduction)
    }
}
