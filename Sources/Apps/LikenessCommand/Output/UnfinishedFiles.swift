import Foundation
import LikenessSupport
import Synchronization

/// Files that are being written under temporary names. They are deleted if the program is interrupted.
package final class UnfinishedFiles: Sendable {
    package static let shared = UnfinishedFiles()

    private let paths = Mutex<Set<String>>([])

    package func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

    /// Forgets a file.
    package func remove(_ path: String) { _ = paths.withLock { $0.remove(path) } }

    /// Deletes all of them.
    package func removeAll() {
        paths.withLock { paths in
            for path in paths { try? SystemPath(path).remove() }
            paths = []
        }
    }
}
