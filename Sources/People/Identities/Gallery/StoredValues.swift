package import Foundation

extension [Float] {
    /// Creates numbers from their bytes in a store or an export.
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

    /// The bytes of the numbers.
    package var littleEndianData: Data {
        map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    }
}

extension Date {
    /// The valid times in stores and exports: the years 1 to 9999, in milliseconds since 1970.
    package static let millisecondsInStore: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    /// The milliseconds since 1970, the format of times in stores and exports.
    package var milliseconds: Int64 {
        let times = Self.millisecondsInStore
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return Int64(min(max(exact, Double(times.lowerBound)), Double(times.upperBound)))
    }

    /// Creates the valid time nearest to `milliseconds`.
    package init(milliseconds: Int64) {
        let times = Self.millisecondsInStore
        self.init(
            timeIntervalSince1970: Double(min(max(milliseconds, times.lowerBound), times.upperBound)) / 1000)
    }
}
