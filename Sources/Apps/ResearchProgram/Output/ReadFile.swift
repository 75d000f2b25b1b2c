import Foundation
import LikenessCommand
import Training

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

    /// What `work` makes of the file at `path`; an error of its contents names the file.
    static func naming<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as ConfigurationError {
            throw FileFailure(file: path, underlying: error)
        }
    }
}
