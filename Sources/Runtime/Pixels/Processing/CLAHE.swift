/// Contrast-limited adaptive histogram equalization (CLAHE): it evens out dark and bright regions separately.
///
/// Zuiderveld, *Contrast limited adaptive histogram equalization*, Graphics Gems IV, 1994. It follows the conventions
/// of OpenCV's `createCLAHE`, and the result is the same.
public struct CLAHE: Hashable, Codable, Sendable {
    /// The highest count of a gray level in a tile, as a multiple of the mean count.
    ///
    /// The excess is spread over all levels. Higher values increase the contrast; 1 has almost no effect.
    public var clipLimit: Double
    /// The number of tiles in a row.
    public var columns: Int
    /// The number of tiles in a column.
    public var rows: Int

    /// Creates settings from a clip limit (positive; by default 2) and a grid (each side at least 1; by default 8 x 8).
    public init(clipLimit: Double = 2, columns: Int = 8, rows: Int = 8) {
        precondition(clipLimit > 0 && clipLimit.isFinite, "a clip limit is a positive number")
        precondition(columns > 0 && rows > 0, "a grid has at least one tile")
        self.clipLimit = clipLimit
        self.columns = columns
        self.rows = rows
    }
}

extension Image {
    /// Returns the picture with its luminance equalized.
    ///
    /// The luminance is BT.601 luma (``luminance``). The change of luma is added to red, green and blue alike and
    /// clamped to 0...255. In YCbCr, this is a change of Y at constant Cb and Cr.
    public func equalized(_ clahe: CLAHE = CLAHE()) -> Image {
        let before = luminance
        let after = clahe.equalized(before, width: width, height: height)
        return Image(width: width, height: height) { target in
            pixels.withUnsafeBufferPointer { source in
                for index in before.indices {
                    let gain = Int16(after[index]) - Int16(before[index])
                    for at in index * 3..<index * 3 + 3 {
                        target[at] = UInt8(clamping: Int16(source[at]) + gain)
                    }
                }
            }
        }
    }
}

extension CLAHE {
    /// Returns an equalized plane of gray levels.
    func equalized(_ plane: [UInt8], width: Int, height: Int) -> [UInt8] {
        let grid = TileGrid(width: width, height: height, columns: columns, rows: rows)
        let tables = (0..<rows * columns).flatMap { tile in
            table(grid.histogram(of: plane, column: tile % columns, row: tile / columns), count: grid.pixelsPerTile)
        }
        return blend(plane, tables: tables, grid: grid)
    }

    /// Returns the new gray level for each gray level in a tile with this histogram.
    private func table(_ histogram: [Int], count: Int) -> [UInt8] {
        var histogram = histogram
        let limit = max(Int(min(clipLimit * Double(count) / 256, Double(count))), 1)
        var clipped = 0
        for level in 0..<256 where histogram[level] > limit {
            clipped += histogram[level] - limit
            histogram[level] = limit
        }
        let residual = clipped % 256
        let step = max(256 / max(residual, 1), 1)
        let scale = 255 / Float(count)
        var sum = 0, spread = 0
        return (0..<256).map { level in
            sum += histogram[level] + clipped / 256
            if spread < residual, level % step == 0 {
                sum += 1
                spread += 1
            }
            return UInt8(min((Float(sum) * scale).rounded(.toNearestOrEven), 255))
        }
    }

    /// Returns each pixel mapped by the tables of the four nearest tiles, interpolated bilinearly.
    private func blend(_ plane: [UInt8], tables: [UInt8], grid: TileGrid) -> [UInt8] {
        let across = (0..<grid.width).map { TileBlend($0, tile: grid.tileWidth, count: columns) }
        return [UInt8](unsafeUninitializedCapacity: plane.count) { target, initialized in
            plane.withUnsafeBufferPointer { plane in
                for y in 0..<grid.height {
                    let down = TileBlend(y, tile: grid.tileHeight, count: rows)
                    let above = down.first * columns * 256, below = down.second * columns * 256
                    for x in 0..<grid.width {
                        let place = across[x], index = y * grid.width + x, level = Int(plane[index])
                        let left = place.first * 256 + level, right = place.second * 256 + level
                        let upper =
                            Float(tables[above + left]) * (1 - place.share) + Float(tables[above + right]) * place.share
                        let lower =
                            Float(tables[below + left]) * (1 - place.share) + Float(tables[below + right]) * place.share
                        let value = upper * (1 - down.share) + lower * down.share
                        // Rounds to the nearest: the low bits of the sum are the number.
                        target[index] = UInt8(truncatingIfNeeded: (value + 0x1p23).bitPattern)
                    }
                }
            }
            initialized = plane.count
        }
    }
}

/// The two tiles nearest to a row or column, and the weight of the second one.
private struct TileBlend {
    let first: Int
    let second: Int
    let share: Float

    init(_ index: Int, tile: Int, count: Int) {
        let place = Float(index) * (1 / Float(tile)) - 0.5
        let lower = place.rounded(.down)
        share = place - lower
        first = max(Int(lower), 0)
        second = min(Int(lower) + 1, count - 1)
    }
}

/// Equal tiles over a plane.
///
/// If they don't fit, the plane is mirrored beyond its right and bottom edges.
private struct TileGrid {
    let width: Int
    let height: Int
    let tileWidth: Int
    let tileHeight: Int

    var pixelsPerTile: Int { tileWidth * tileHeight }

    init(width: Int, height: Int, columns: Int, rows: Int) {
        self.width = width
        self.height = height
        // Like OpenCV: if one side doesn't fit, both are extended, by up to a whole tile.
        let fits = width % columns == 0 && height % rows == 0
        tileWidth = fits ? width / columns : width / columns + 1
        tileHeight = fits ? height / rows : height / rows + 1
    }

    func histogram(of plane: [UInt8], column: Int, row: Int) -> [Int] {
        var histogram = [Int](repeating: 0, count: 256)
        let columns = (column * tileWidth..<(column + 1) * tileWidth).map { Self.mirrored($0, size: width) }
        for y in row * tileHeight..<(row + 1) * tileHeight {
            let start = Self.mirrored(y, size: height) * width
            for x in columns { histogram[Int(plane[start + x])] += 1 }
        }
        return histogram
    }

    /// Returns the index mirrored at the last pixel, which is not repeated.
    private static func mirrored(_ index: Int, size: Int) -> Int {
        guard size > 1 else { return 0 }
        let place = index % (2 * size - 2)
        return place < size ? place : 2 * size - 2 - place
    }
}
