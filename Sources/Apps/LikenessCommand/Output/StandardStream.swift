import Foundation
import LikenessSupport

/// The process's standard streams, used with the system's own calls: Foundation's handles end the process where nobody
/// reads any more or the disk is full.
package enum StandardStream {
    /// Writes to the standard error. A failure is ignored: there is nowhere to tell it.
    package static func writeError(_ text: String) { try? OpenFile.standardError.write(Data(text.utf8)) }

    /// Writes to the standard output.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    package static func writeOutput(_ text: String) throws {
        do {
            try OpenFile.standardOutput.write(Data(text.utf8))
        } catch {
            throw Failure.cannotWrite("the standard output", reason: error.reason)
        }
    }

    /// Reads the standard input to its end.
    ///
    /// - Parameter limit: The maximum number of bytes.
    /// - Returns: The bytes; `limit` + 1 bytes if the input is longer than `limit`.
    /// - Throws: ``Failure/cannotRead(_:reason:)`` if the system can't read.
    package static func readInput(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { part.deallocate() }
        while bytes.count <= limit {
            let room = UnsafeMutableRawBufferPointer(rebasing: part.prefix(limit - bytes.count + 1))
            let count: Int
            do {
                count = try OpenFile.standardInput.read(into: room)
            } catch {
                throw Failure.cannotRead("the standard input", reason: error.reason)
            }
            guard count > 0 else { break }
            bytes += room.prefix(count)
        }
        return bytes
    }
}
