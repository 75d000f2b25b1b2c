import Pixels

/// The size of a picture.
struct PixelSize: Hashable {
    /// The number of columns.
    var width: Int
    /// The number of rows.
    var height: Int

    /// The larger of the two.
    var longest: Int { max(width, height) }

    /// Returns the size with its longest side shrunk to at most `side`, and at least one column and one row.
    ///
    /// Smaller sizes do not change; nor do any if `side` is `nil`. The integer arithmetic ensures that rounding makes
    /// no side longer than `side`.
    func shrunk(toLongestSide side: Int?) -> PixelSize {
        guard let side, longest > side else { return self }
        func scaled(_ length: Int) -> Int { min(max((length * side + longest / 2) / longest, 1), side) }
        return PixelSize(width: scaled(width), height: scaled(height))
    }
}

extension Image {
    /// The picture's size.
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// Returns the picture with its longest side shrunk to at most `side`.
    ///
    /// Smaller pictures do not change; nor do any if `side` is `nil`.
    func shrunk(toLongestSide side: Int?) -> Image {
        let size = size, smaller = size.shrunk(toLongestSide: side)
        return smaller == size ? self : resized(width: smaller.width, height: smaller.height, method: .area)
    }
}
