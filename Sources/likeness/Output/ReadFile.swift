import Foundation

/// A file that the command reads as a whole, such as a configuration.
enum ReadFile {
    /// - Throws: ``Failure/noFile(_:)``; ``Failure/cannotRead(_:reason:)`` for a folder, or without permission.
    static func contents(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            guard FileManager.default.fileExists(atPath: path) else { throw Failure.noFile(path) }
            throw Failure.cannotRead(path, reason: systemReason(of: error))
        }
    }
}
