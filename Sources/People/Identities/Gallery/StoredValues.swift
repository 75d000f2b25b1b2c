package import Foundation

extension [Float] {
    /// Numbers from their bytes, as a store and an export keep them.
    package init(littleEndian data: Data) {
        self = [Float](unsafeUninitializedCapacity: data.count / 4) { numbers, count in
            data.withUnsafeBytes { bytes in
                for place in 0..<bytes.count / 4 {
                    let bits = bytes.loadUnaligned(fromByteOffset: place * 4, as: UInt32.self)
                    numbers.initializeElement(at: place, to: Float(bitPattern: UInt32(littleEndian: bits)))
                }
            }
            count = data.count / 4
        }
    }

    /// The numbers' bytes.
    package var littleEndianData: Data {
        map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }
}

extension Date {
    /// The times that a store and an export keep: the years 1 to 9999, in milliseconds since 1970.
    package static let millisecondsInStore: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// Milliseconds since 1970, as a store and an export keep times.
    package var milliseconds: Int64 {
        let times = Self.millisecondsInStore
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(min(max(exact, Double(times.lowerBound)), Double(times.upperBound)))
    }

    /// Creates the time nearest to `milliseconds` that a store keeps.
    package init(milliseconds: Int64) {
        let times = Self.millisecondsInStore
        self.init(
            timeIntervalSince1970: Double(min(max(milliseconds, times.lowerBound), times.upperBound)) / 1000)
    }
}
