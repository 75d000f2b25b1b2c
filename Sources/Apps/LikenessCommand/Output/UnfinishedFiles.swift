import Foundation
import Synchronization

/// Files that are being written under a name of their own, so that an end without warning takes them away.
package final class UnfinishedFiles: Sendable {
    package static let shared = UnfinishedFiles()

    private let paths = Mutex<Set<String>>([])

    package func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

    /// Forgets a file; `deleting` takes it away where it was still known.
    package func remove(_ path: String, deleting: Bool) {
        let wasKnown = paths.withLock { $0.remove(path) } != nil
        if deleting, wasKnown { unlink(path) }
    }

    /// Takes all of them away.
    package func removeAll() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths = []
        }
    }
}
