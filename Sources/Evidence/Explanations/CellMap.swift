/// A value for each cell of a grid over an aligned face.
public struct CellMap: Hashable, Sendable {
    /// The number of columns and rows of every map: a cell is 7 pixels wide in a crop of 112, 10 in one of 160.
    public static let side = 16
    /// The number of cells of a map.
    public static let count = side * side

    /// The ``count`` values, row by row from the top left.
    public var values: [Float]

    /// Creates a map from its values.
    ///
    /// - Parameter values: ``count`` values, row by row.
    public init(values: [Float]) {
        precondition(values.count == Self.count, "there must be a value for each cell")
        self.values = values
    }

    /// Creates a map with the same value everywhere.
    public init(repeating value: Float = 0) { values = Array(repeating: value, count: Self.count) }

    /// The rows from the top.
    public var rows: [[Float]] {
        stride(from: 0, to: Self.count, by: Self.side).map { Array(values[$0..<$0 + Self.side]) }
    }

    /// The map in the form for drawing.
    public var grid: HeatGrid { HeatGrid(rows: Self.side, columns: Self.side, values: values) }
}

/// A set of hidden cells of an aligned face.
public struct CellMask: Hashable, Sendable {
    /// Whether each cell is hidden, row by row; ``CellMap/count`` values.
    public private(set) var isHidden: [Bool]

    /// Creates a mask that hides `cells`, given by their indices in row order.
    public init(hiding cells: some Sequence<Int>) {
        isHidden = Array(repeating: false, count: CellMap.count)
        for cell in cells { isHidden[cell] = true }
    }

    /// Creates a mask that hides a square patch.
    ///
    /// - Parameters:
    ///   - column: The leftmost column.
    ///   - row: The topmost row.
    ///   - side: The number of cells on a side. The patch must be inside the grid.
    public init(column: Int, row: Int, side: Int) {
        self.init(hiding: (row..<row + side).flatMap { y in (column..<column + side).map { y * CellMap.side + $0 } })
    }

    /// The indices of the hidden cells, in row order.
    public var cells: [Int] { isHidden.indices.filter { isHidden[$0] } }

    /// The number of hidden cells.
    public var count: Int { isHidden.count { $0 } }
}

extension CellMap {
    /// Returns the `count` of `cells` with the largest values; among equal ones, the first.
    public func largest(_ count: Int, of cells: [Int]) -> CellMask { CellMask(hiding: ranked(cells).prefix(count)) }

    /// Returns `cells` by decreasing value; equal ones keep their order.
    public func ranked(_ cells: [Int]) -> [Int] {
        cells.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
    }
}
