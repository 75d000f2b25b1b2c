import Foundation
import Identities

/// The write-ahead log of a SQLite database: pages that were changed since the file was last written.
///
/// See sqlite.org, *Database File Format*, section 4, *The Write-Ahead Log*.
struct WriteAheadLog {
    private let bytes: Data
    private let pageSize: Int
    /// The offset of each page's latest committed contents, by its number from 1.
    private let pages: [Int: Int]
    /// The number of pages of the database at the last commit.
    private let pageCount: Int

    private static let headerSize = 32, frameHeaderSize = 24

    /// Reads a log up to its last complete commit; returns `nil` if it contains none.
    init?(_ bytes: Data) {
        // The lowest bit of the magic number gives the byte order of the checksums.
        guard bytes.count >= Self.headerSize, let magic = bytes.word(0), magic & ~1 == 0x377f_0682,
            bytes.word(4) == 3_007_000, let size = bytes.word(8), (512...65536).contains(size), size & (size - 1) == 0
        else { return nil }
        var checksum = Checksum(isBigEndian: magic & 1 == 1)
        checksum.add(bytes, 0..<24)
        guard checksum.matches(bytes, at: 24) else { return nil }
        let pageSize = Int(size), salts = bytes[bytes.startIndex + 16..<bytes.startIndex + 24]
        var pending: [Int: Int] = [:], committed: [Int: Int] = [:], pageCount = 0
        var place = Self.headerSize
        while place + Self.frameHeaderSize + pageSize <= bytes.count {
            let start = bytes.startIndex + place
            guard bytes[start + 8..<start + 16] == salts, let number = bytes.word(place), number > 0,
                let sizeAfterCommit = bytes.word(place + 4)
            else { break }
            checksum.add(bytes, place..<place + 8)
            checksum.add(bytes, place + Self.frameHeaderSize..<place + Self.frameHeaderSize + pageSize)
            guard checksum.matches(bytes, at: place + 16) else { break }
            pending[Int(number)] = place + Self.frameHeaderSize
            if sizeAfterCommit > 0 {
                committed.merge(pending) { _, later in later }
                pending = [:]
                pageCount = Int(sizeAfterCommit)
            }
            place += Self.frameHeaderSize + pageSize
        }
        guard pageCount > 0 else { return nil }
        self.bytes = bytes
        self.pageSize = pageSize
        self.pageCount = pageCount
        pages = committed
    }

    /// Applies the log to a database.
    func apply(to image: DatabaseImage) throws {
        try image.resize(to: pageCount * pageSize)
        for (number, place) in pages where number <= pageCount {
            let page = bytes[bytes.startIndex + place..<bytes.startIndex + place + pageSize]
            UnsafeMutableRawBufferPointer(rebasing: image.bytes[((number - 1) * pageSize)...]).copyBytes(from: page)
        }
    }

    /// The running checksum of the format.
    private struct Checksum {
        let isBigEndian: Bool
        private var first: UInt32 = 0
        private var second: UInt32 = 0

        init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

        mutating func add(_ bytes: Data, _ range: Range<Int>) {
            bytes.withUnsafeBytes { bytes in
                for place in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                    first &+= word(bytes, place) &+ second
                    second &+= word(bytes, place + 4) &+ first
                }
            }
        }

        private func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
            let raw = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
            return isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
        }

        func matches(_ bytes: Data, at place: Int) -> Bool {
            bytes.word(place) == first && bytes.word(place + 4) == second
        }
    }
}

extension Data {
    /// Returns the big-endian number at the offset `place`.
    fileprivate func word(_ place: Int) -> UInt32? {
        guard place + 4 <= count else { return nil }
        return withUnsafeBytes { UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    }
}
