public import Foundation
import LikenessSupport

/// A lock that keeps two processes from writing to the folder of one run: a file with the process's number, locked
/// during the lifetime of this value and removed afterward.
public final class RunLock {
    private let lock: FileLock

    /// The file's name in the folder.
    static let name = ".lock"

    /// Locks a folder, which must exist.
    ///
    /// - Throws: ``TrainingError/busy(folder:process:)`` if another process has locked it;
    ///   ``TrainingError/unwritable(_:reason:)``.
    public init(_ folder: URL) throws(TrainingError) {
        let file = folder.appending(path: Self.name)
        do {
            lock = try FileLock(SystemPath(file.path))
        } catch {
            switch error {
            case .held(let process): throw .busy(folder: folder.path, process: process)
            case .system(let error): throw .unwritable(file.path, reason: error.reason)
            }
        }
    }
}
