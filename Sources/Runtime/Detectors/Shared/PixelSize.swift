import Pixels

/// The size of a picture.
struct PixelSize: Hashable {
    /// Columns.
    var width: Int
    /// Rows.
    var height: Int

    /// The larger of the two.
    var longest: Int { max(width, height) }

    /// With the longest side at most `side`, and at least one column and one row; smaller ones and those for whom it is
    /// `nil` as they are.
    ///
    /// Counted in whole numbers: no rounding makes a side longer than `side`.
    func shrunk(toLongestSide side: Int?) -> PixelSize {
        guard let side, longest > side else { return self }
        func scaled(_ length: Int) -> Int { min(max((length * side + longest / 2) / longest, 1), side) }
        return PixelSize(width: scaled(width), height: scaled(height))
    }
}

extension Image {
    /// Columns and rows.
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// Returns the picture with its longest side at most `side`; smaller ones and those for whom it is `nil` as they
    /// are.
    func shrunk(toLongestSide side: Int?) -> Image {
        let size = size, smaller = size.shrunk(toLongestSide: side)
        return smaller == size ? self : resized(width: smaller.width, height: smaller.height, method: .area)
    }
}
