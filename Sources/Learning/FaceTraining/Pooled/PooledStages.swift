import Foundation

/// The spatial means of a stage cache's maps, which are small enough for training in seconds.
final class PooledStages: Sendable {
    /// The size of the second and third stage together.
    static let fineSize = 256 + 896
    /// The size of the fourth stage.
    static let coarseSize = 1792

    let cache: StageCache
    private let fine: [Float]
    private let coarse: [Float]

    /// Reads the whole cache once.
    init(_ cache: StageCache) {
        self.cache = cache
        let count = cache.index.samples.count
        (fine, coarse) = (
            Self.rows(count, Self.fineSize) { row, means in
                Self.means(cache.stage(1, of: [row]), places: 64, into: &means, at: 0)
                Self.means(cache.stage(2, of: [row]), places: 64, into: &means, at: 256)
            },
            Self.rows(count, Self.coarseSize) { row, means in
                Self.means(cache.stage(3, of: [row]), places: 9, into: &means, at: 0)
            }
        )
    }

    /// Returns the fine scale's means of some rows, concatenated.
    func fine(of rows: [Int]) -> [Float] { rows.flatMap { fine[$0 * Self.fineSize..<($0 + 1) * Self.fineSize] } }

    /// Returns the coarse scale's means of some rows, concatenated.
    func coarse(of rows: [Int]) -> [Float] {
        rows.flatMap { coarse[$0 * Self.coarseSize..<($0 + 1) * Self.coarseSize] }
    }

    private static func rows(_ count: Int, _ size: Int, _ body: (Int, inout [Float]) -> Void) -> [Float] {
        var all: [Float] = []
        all.reserveCapacity(count * size)
        var row = [Float](repeating: 0, count: size)
        for index in 0..<count {
            body(index, &row)
            all += row
        }
        return all
    }

    /// Computes the mean of each channel of a bfloat16 map with the channels first.
    static func means(_ map: [UInt16], places: Int, into means: inout [Float], at offset: Int) {
        for channel in 0..<map.count / places {
            var sum: Float = 0
            for place in channel * places..<(channel + 1) * places {
                sum += Float(bitPattern: UInt32(map[place]) << 16)
            }
            means[offset + channel] = sum / Float(places)
        }
    }
}
