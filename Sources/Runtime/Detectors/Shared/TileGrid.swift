package import Pixels

/// The tiles in which a picture is searched at one scale.
///
/// Neighboring tiles overlap, so that every face up to the size of the overlap lies whole in one of them.
package struct TileGrid: Hashable, Sendable {
    /// The columns or rows of one row or column of tiles, in pixels of the full picture.
    package typealias Span = Range<Int>

    /// The number of pixels of a tile as the detector sees it per pixel of the full picture, along one side.
    package let scale: Float
    /// The columns of the tiles, from left to right.
    package let columns: [Span]
    /// The rows of the tiles, from top to bottom.
    package let rows: [Span]
    private let width, height: Int

    /// Divides a picture into as few tiles as possible, all of about the same size.
    ///
    /// - Parameters:
    ///   - width: The picture's width, at least 1 pixel.
    ///   - height: The picture's height, at least 1 pixel.
    ///   - scale: The number of a tile's pixels per pixel of the picture, greater than 0.
    ///   - side: The longest side of a tile after scaling, in pixels.
    package init(width: Int, height: Int, scale: Float, side: Int) {
        precondition(width > 0 && height > 0 && scale > 0 && side > 0, "a picture and its tiles have a size")
        (self.width, self.height, self.scale) = (width, height, scale)
        let longest = max(Int(Float(side) / scale), 1), overlap = Int(Self.overlap * Float(longest))
        columns = Self.spans(of: width, longest: longest, overlap: overlap)
        rows = Self.spans(of: height, longest: longest, overlap: overlap)
    }

    /// The width of the overlap, as a part of the longest side of a tile.
    private static let overlap: Float = 0.1

    private static func spans(of length: Int, longest: Int, overlap: Int) -> [Span] {
        guard length > longest else { return [0..<length] }
        let count = (length - overlap + longest - overlap - 1) / (longest - overlap)
        let side = (length + (count - 1) * overlap + count - 1) / count
        return (0..<count).map { index in
            let start = index * (length - side) / (count - 1)
            return start..<start + side
        }
    }

    /// The tiles' rows in groups whose pixels in the picture number at most `pixels`; a group has at least one row of
    /// tiles.
    package func bands(of pixels: Int) -> [[Span]] {
        var bands: [[Span]] = []
        for row in rows {
            if let first = bands.last?.first, (row.upperBound - first.lowerBound) * width <= pixels {
                bands[bands.count - 1].append(row)
            } else {
                bands.append([row])
            }
        }
        return bands
    }

    /// Returns whether a face in a tile is cut off by an edge of the tile that is not an edge of the picture. Another
    /// tile, or a coarser search, shows all of it.
    ///
    /// - Parameters:
    ///   - box: The face's box, in pixels of the full picture.
    ///   - columns: The tile's columns.
    ///   - rows: The tile's rows.
    package func isCut(_ box: Box, columns: Span, rows: Span) -> Bool {
        let margin = 2 / scale
        return (columns.lowerBound > 0 && box.x < Float(columns.lowerBound) + margin)
            || (rows.lowerBound > 0 && box.y < Float(rows.lowerBound) + margin)
            || (columns.upperBound < width && box.x + box.width > Float(columns.upperBound) - margin)
            || (rows.upperBound < height && box.y + box.height > Float(rows.upperBound) - margin)
    }
}
