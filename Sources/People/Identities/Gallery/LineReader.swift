import Foundation
import LikenessSupport

/// Reads the lines of a file one after the other, in little memory.
struct LineReader: ~Copyable {
    /// An error that ends the reading.
    enum Failure: LikenessError {
        /// The line exceeds the maximum length.
        case tooLong
        /// The system reports a read error.
        case unreadable

        var code: String { "invalid_export" }
        var category: ErrorCategory { .badData }
        var problem: String {
            switch self {
            case .tooLong: "the line has more than \(LineReader.longestLine >> 20) MiB"
            case .unreadable: "reading it failed"
            }
        }
        var remedy: String? { nil }
    }

    /// The maximum length of a line, in bytes.
    static let longestLine = 64 << 20
    private static let piece = 1 << 20

    private let file: OpenFile
    private var pending = Data()
    /// The index of the next line in ``pending``.
    private var start = 0
    private var isAtEnd = false

    /// Opens a regular file; returns `nil` if it can't be read or is not a regular file.
    init?(_ path: String) {
        guard let opened = try? RegularFile(SystemPath(path)) else { return nil }
        file = opened.file
    }

    /// Returns the next line without its newline; `nil` after the last one.
    mutating func next() throws -> Data? {
        var searched = start
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                guard end - start <= Self.longestLine else { throw Failure.tooLong }
                return pending.subdata(in: start..<end)
            }
            guard pending.count - start <= Self.longestLine else { throw Failure.tooLong }
            guard !isAtEnd else {
                defer { start = pending.count }
                return start < pending.count ? pending.subdata(in: start..<pending.count) : nil
            }
            pending = pending.subdata(in: start..<pending.count)
            (start, searched) = (0, pending.count)
            try readPiece()
        }
    }

    private mutating func readPiece() throws {
        let filled = pending.count
        pending.count += Self.piece
        let count = try? pending.withUnsafeMutableBytes {
            try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
        }
        pending.count = filled + (count ?? 0)
        guard let count else { throw Failure.unreadable }
        isAtEnd = count == 0
    }
}
