package import Foundation
import Synchronization

/// A file that is written under a name of its own, and moved to its place when it is whole.
///
/// Readers see the earlier file or the whole new one. A draft that is not moved is removed with the last reference to it.
package final class DraftFile: Sendable {
    /// The draft's path, beside the place.
    package let path: SystemPath
    private let file: OpenFile
    private let isThere = Mutex(true)

    /// Creates the draft.
    ///
    /// - Parameters:
    ///   - path: A path on the same disk as the place.
    ///   - permissions: Who may do what with the file, less the process's mask; by default only the owner reads and writes.
    ///   - replacing: Whether a draft that an earlier process has left is removed. Without this it is an error.
    package init(_ path: SystemPath, permissions: UInt16 = 0o600, replacing: Bool = false) throws(SystemError) {
        if replacing { try? path.remove() }
        file = try OpenFile(path, for: .creating(permissions: permissions))
        self.path = path
    }

    /// Creates the draft under a name that nobody else uses, beside its place.
    package convenience init(beside place: SystemPath, permissions: UInt16 = 0o600) throws(SystemError) {
        let suffix = ".\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        try self.init(SystemPath(bytes: place.bytes + Array(suffix.utf8)), permissions: permissions)
    }

    deinit { discard() }

    /// Writes all of `bytes` behind what was written before.
    package func write(_ bytes: some ContiguousBytes) throws(SystemError) { try file.write(bytes) }

    /// Changes who may do what with the file.
    package func setPermissions(_ permissions: UInt16) throws(SystemError) { try file.setPermissions(permissions) }

    /// Waits until everything that was written is on the disk, as it must be before a file takes the place of another one:
    /// a crash would leave neither.
    package func synchronize() throws(SystemError) { try file.synchronize() }

    /// Ends the draft and moves it to its place, over what is there.
    package func move(to place: SystemPath) throws(SystemError) {
        try file.close()
        try path.move(to: place)
        isThere.withLock { $0 = false }
    }

    /// Removes the draft.
    package func discard() {
        isThere.withLock { isThere in
            if isThere { try? path.remove() }
            isThere = false
        }
    }
}
