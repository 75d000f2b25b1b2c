/// The rotation or reflection that makes a stored picture upright: the values 1...8 of Exif's orientation.
///
/// A case says which side of the upright picture the stored top becomes, and whether the picture is mirrored left to
/// right before it is turned.
public enum Orientation: Int, CaseIterable, Codable, Sendable {
    /// 1: as stored.
    case up = 1
    /// 2: mirrored left to right.
    case upMirrored
    /// 3: turned by 180°.
    case down
    /// 4: mirrored top to bottom.
    case downMirrored
    /// 5: rows become columns.
    case leftMirrored
    /// 6: turned by 90° clockwise.
    case right
    /// 7: mirrored along the other diagonal.
    case rightMirrored
    /// 8: turned by 90° counterclockwise.
    case left

    /// Whether width and height are swapped.
    public var swapsSides: Bool { rawValue >= 5 }
}

extension Image {
    /// Returns the upright picture of one that is stored with `orientation`.
    public func oriented(_ orientation: Orientation) -> Image {
        guard orientation != .up else { return self }
        let swaps = orientation.swapsSides
        let turned = Turn(orientation, width: width, height: height)
        return Image(width: swaps ? height : width, height: swaps ? width : height) { target in
            pixels.withUnsafeBufferPointer { source in
                turned.apply(from: source, to: target, columns: swaps ? height : width, rows: swaps ? width : height)
            }
        }
    }

    /// Returns the picture mirrored left to right.
    public func mirrored() -> Image { oriented(.upMirrored) }
}

/// The offset of each turned pixel in the source bytes: `first + x * column + y * row`.
private struct Turn {
    let first: Int
    let column: Int
    let row: Int

    init(_ orientation: Orientation, width: Int, height: Int) {
        let right = 3, down = width * 3
        let lastColumn = (width - 1) * right, lastRow = (height - 1) * down
        (first, column, row) =
            switch orientation {
            case .up: (0, right, down)
            case .upMirrored: (lastColumn, -right, down)
            case .down: (lastColumn + lastRow, -right, -down)
            case .downMirrored: (lastRow, right, -down)
            case .leftMirrored: (0, down, right)
            case .right: (lastRow, -down, right)
            case .rightMirrored: (lastColumn + lastRow, -down, -right)
            case .left: (lastColumn, down, -right)
            }
    }

    /// Copies the pixels tile by tile, for locality of memory access in both pictures.
    func apply(
        from source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutableBufferPointer<UInt8>, columns: Int, rows: Int
    ) {
        let tile = 32
        for top in stride(from: 0, to: rows, by: tile) {
            for left in stride(from: 0, to: columns, by: tile) {
                for y in top..<min(top + tile, rows) {
                    var from = first + left * column + y * row
                    var to = (y * columns + left) * 3
                    for _ in left..<min(left + tile, columns) {
                        target[to] = source[from]
                        target[to + 1] = source[from + 1]
                        target[to + 2] = source[from + 2]
                        from += column
                        to += 3
                    }
                }
            }
        }
    }
}
