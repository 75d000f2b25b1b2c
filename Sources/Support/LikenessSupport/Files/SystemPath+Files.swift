import Foundation
import SystemPackage

extension SystemPath {
    /// What the system says of the file; `nil` if there is none, or it can't be looked up. Links are followed.
    package var status: FileStatus? { status(followingLinks: true) }

    /// What the system says of the file or of the link itself.
    func status(followingLinks: Bool) -> FileStatus? {
        withCString { path in (try? Stat(path, followTargetSymlink: followingLinks)).map(FileStatus.init) }
    }

    /// Creates an empty file that only its owner may read and write, whatever the process's mask. A file that is there is
    /// neither changed nor opened.
    ///
    /// - Returns: Whether the file was created.
    @discardableResult
    package func createPrivate() throws(SystemError) -> Bool {
        do {
            try OpenFile(self, for: .creating(permissions: 0o600)).close()
            return true
        } catch {
            guard error.isTaken else { throw error }
            return false
        }
    }

    /// Moves the file or folder to another name on the same disk, in one step. A file there is replaced.
    package func move(to target: SystemPath) throws(SystemError) {
        try SystemError.checking { withCString { from in target.withCString { rename(from, $0) } } }
    }

    /// Removes the file or link.
    package func remove() throws(SystemError) { try SystemError.checking { withCString { unlink($0) } } }

    /// Removes the folder if nothing is in it.
    package func removeFolder() throws(SystemError) { try SystemError.checking { withCString { rmdir($0) } } }

    /// Changes who may do what with the file.
    package func setPermissions(_ permissions: UInt16) throws(SystemError) {
        try SystemError.checking { withCString { chmod($0, mode_t(permissions)) } }
    }

    /// Sets the file's times to now.
    package func touch() throws(SystemError) { try SystemError.checking { withCString { utimes($0, nil) } } }

    /// Checks that the process may write to the file, or make files in the folder.
    package func checkWritable() throws(SystemError) {
        try SystemError.checking { withCString { access($0, W_OK) } }
    }

    /// Whether the process may write to the file, or make files in the folder.
    package var isWritable: Bool { (try? checkWritable()) != nil }

    /// Whether the process may run the program.
    package var isExecutable: Bool { withCString { access($0, X_OK) } == 0 }

    /// The file behind all links.
    package func resolved() throws(SystemError) -> SystemPath {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        try SystemError.checking { withCString { realpath($0, &buffer) } == nil ? -1 : 0 }
        return SystemPath(bytes: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
    }
}
