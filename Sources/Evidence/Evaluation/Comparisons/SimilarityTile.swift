import Synchronization

/// Computes the similarities of a block of rows with panels of eight columns each.
///
/// A similarity is the sum of products in the order of the values, in single precision, and identical to the sum in
/// `Embedding.similarity(to:)`.
enum SimilarityTile {
    /// The number of embeddings that a panel interleaves.
    static let lanes = 8
    /// The number of rows is a multiple of this.
    static let rowsAtOnce = 4

    /// Writes the similarities of `rows` with the embeddings of `panels`, one row of the tile for each row.
    ///
    /// - Parameters:
    ///   - tile: The memory of the results.
    ///   - width: The distance between the tile's rows.
    ///   - rows: The rows to compare.
    ///   - values: All rows, one after the other.
    ///   - panels: The panels to compare with.
    ///   - columns: All panels.
    ///   - dimension: The number of values of a vector.
    static func fill(
        _ tile: UnsafeMutablePointer<Float>, width: Int, rows: Range<Int>, of values: [Float], panels: Range<Int>,
        of columns: [SIMD8<Float>], dimension: Int
    ) {
        values.withUnsafeBufferPointer { values in
            columns.withUnsafeBufferPointer { columns in
                for panel in panels {
                    let columns = UnsafeBufferPointer(rebasing: columns[panel * dimension..<(panel + 1) * dimension])
                    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtOnce) {
                        let end = (row + rowsAtOnce) * dimension
                        let place = (row - rows.lowerBound) * width + (panel - panels.lowerBound) * lanes
                        multiply(
                            UnsafeBufferPointer(rebasing: values[row * dimension..<end]), columns, into: tile + place,
                            width: width)
                    }
                }
            }
        }
    }

    /// Multiplies four rows by eight columns: 32 sums that stay in registers.
    @inline(__always)
    private static func multiply(
        _ rows: UnsafeBufferPointer<Float>, _ columns: UnsafeBufferPointer<SIMD8<Float>>,
        into tile: UnsafeMutablePointer<Float>, width: Int
    ) {
        let dimension = columns.count
        var first = SIMD8<Float>(), second = first, third = first, fourth = first
        for index in 0..<dimension {
            let column = columns[index]
            first += rows[index] * column
            second += rows[dimension + index] * column
            third += rows[2 * dimension + index] * column
            fourth += rows[3 * dimension + index] * column
        }
        store(first, at: tile)
        store(second, at: tile + width)
        store(third, at: tile + 2 * width)
        store(fourth, at: tile + 3 * width)
    }

    @inline(__always)
    private static func store(_ sums: SIMD8<Float>, at place: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(place).storeBytes(of: sums, as: SIMD8<Float>.self)
    }
}

/// Hands out the numbers of blocks, each once.
final class NextBlock: Sendable {
    private let next = Atomic(0)

    func claim(of count: Int) -> Int? {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return block < count ? block : nil
    }
}
