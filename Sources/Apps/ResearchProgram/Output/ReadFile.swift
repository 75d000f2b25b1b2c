import Foundation
import LikenessCommand
import Training

/// Reads whole files, such as configurations.
enum ReadFile {
    /// Returns the contents of the file at `path`.
    ///
    /// - Throws: ``Failure/noFile(_:)`` if it doesn't exist; ``Failure/cannotRead(_:reason:)`` if it is a folder or
    ///   can't be opened.
    static func contents(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(filePath: path))
        } catch {
            guard FileManager.default.fileExists(atPath: path) else { throw Failure.noFile(path) }
            throw Failure.cannotRead(path, reason: systemReason(of: error))
        }
    }

    /// Returns the result of `work`. If the configuration in the file at `path` is not valid, the error names the file.
    static func naming<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as ConfigurationError {
            throw FileFailure(file: path, underlying: error)
        }
    }
}
