import Foundation
import Synchronization

/// Files that are being written under temporary names. They are deleted if the program is interrupted.
package final class UnfinishedFiles: Sendable {
    package static let shared = UnfinishedFiles()

    private let paths = Mutex<Set<String>>([])

    package func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

    /// Forgets a file. If `deleting` is true and the file was still in the list, it is deleted.
    package func remove(_ path: String, deleting: Bool) {
        let wasKnown = paths.withLock { $0.remove(path) } != nil
        if deleting, wasKnown { unlink(path) }
    }

    /// Deletes all of them.
    package func removeAll() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths = []
        }
    }
}
