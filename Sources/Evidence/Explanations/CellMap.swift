/// A number for each cell of a grid that is laid over an aligned face.
public struct CellMap: Hashable, Sendable {
    /// Columns and rows of every map: a cell is 7 pixels a side of a crop of 112, 10 of one of 160.
    public static let side = 16
    /// How many cells a map has.
    public static let count = side * side

    /// ``count`` numbers, row by row from the top left.
    public var values: [Float]

    /// Creates a map from its numbers.
    ///
    /// - Parameter values: ``count`` of them, row by row.
    public init(values: [Float]) {
        precondition(values.count == Self.count, "a number for each cell")
        self.values = values
    }

    /// Creates a map of one number.
    public init(repeating value: Float = 0) { values = Array(repeating: value, count: Self.count) }

    /// The rows from the top.
    public var rows: [[Float]] {
        stride(from: 0, to: Self.count, by: Self.side).map { Array(values[$0..<$0 + Self.side]) }
    }

    /// The map to draw.
    public var grid: HeatGrid { HeatGrid(rows: Self.side, columns: Self.side, values: values) }
}

/// Which cells of an aligned face are hidden.
public struct CellMask: Hashable, Sendable {
    /// Row by row, ``CellMap/count`` of them.
    public private(set) var isHidden: [Bool]

    /// Creates a mask that hides `cells`, by their number in row order.
    public init(hiding cells: some Sequence<Int>) {
        isHidden = Array(repeating: false, count: CellMap.count)
        for cell in cells { isHidden[cell] = true }
    }

    /// Creates a mask that hides a square patch.
    ///
    /// - Parameters:
    ///   - column: The leftmost column.
    ///   - row: The topmost row.
    ///   - side: Cells a side; the patch lies within the grid.
    public init(column: Int, row: Int, side: Int) {
        self.init(hiding: (row..<row + side).flatMap { y in (column..<column + side).map { y * CellMap.side + $0 } })
    }

    /// The hidden cells' numbers, in row order.
    public var cells: [Int] { isHidden.indices.filter { isHidden[$0] } }

    /// How many cells are hidden.
    public var count: Int { isHidden.count { $0 } }
}

extension CellMap {
    /// Returns the `count` of `cells` with the largest numbers; of equal ones the first.
    public func largest(_ count: Int, of cells: [Int]) -> CellMask { CellMask(hiding: ranked(cells).prefix(count)) }

    /// Returns `cells` from the one with the largest number to the one with the smallest; equal ones in their order.
    public func ranked(_ cells: [Int]) -> [Int] {
        cells.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
    }
}
