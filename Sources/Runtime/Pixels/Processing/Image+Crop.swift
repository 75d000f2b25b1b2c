extension Image {
    /// Returns the part of the picture inside `box`, with its edges rounded to whole pixels; at least one pixel.
    ///
    /// - Parameters:
    ///   - box: The part, in pixels from the top left; it may reach outside. Its numbers must be finite, its size not
    ///     negative.
    ///   - fill: The color outside the picture.
    public func cropped(to box: Box, fill: Color = .black) -> Image {
        guard let part = PixelRectangle(box) else { preconditionFailure("a crop has finite edges and a size") }
        return window(part, fill: fill)
    }

    /// Returns the picture with margins added, in pixels.
    ///
    /// A negative margin crops, but at least one pixel remains.
    public func padded(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0, fill: Color = .black) -> Image {
        precondition(width + left + right > 0 && height + top + bottom > 0, "an image has at least one pixel")
        return window(PixelRectangle(-left, -top, width + right, height + bottom), fill: fill)
    }

    private func window(_ part: PixelRectangle, fill: Color) -> Image {
        var result = Image(width: part.width, height: part.height, color: fill)
        guard let seen = part.clipped(width: width, height: height) else { return result }
        let length = seen.width * 3
        for y in seen.top..<seen.bottom {
            let from = (y * width + seen.left) * 3
            let to = ((y - part.top) * part.width + seen.left - part.left) * 3
            result.pixels.replaceSubrange(to..<to + length, with: pixels[from..<from + length])
        }
        return result
    }
}
