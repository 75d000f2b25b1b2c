import Foundation
import LikenessSupport
import Synchronization

/// Files that are being written under a name of their own, so that an end without warning takes them away.
final class UnfinishedFiles: Sendable {
    static let shared = UnfinishedFiles()

    private let paths = Mutex<Set<String>>([])

    func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

    /// Forgets a file.
    func remove(_ path: String) { _ = paths.withLock { $0.remove(path) } }

    /// Takes all of them away.
    func removeAll() {
        paths.withLock { paths in
            for path in paths { try? SystemPath(path).remove() }
            paths = []
        }
    }
}
