package import Foundation

/// Files that only their owner may read, whatever the process's umask.
package enum PrivateFile {
    /// Makes an empty file of mode 0600; leaves one that is there as it is.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: ``GalleryError/diskFull(_:)`` or ``GalleryError/unavailable(_:reason:)``.
    @discardableResult
    package static func create(_ path: String) throws -> Bool {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return true
        }
        guard errno == EEXIST else { throw lastError(path) }
        return false
    }

    /// Puts a file in another one's place, at once.
    ///
    /// - Throws: ``GalleryError/unavailable(_:reason:)``.
    package static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw lastError(target) }
    }

    /// What the file at `path` is, with links followed; `nil` if there is none.
    package static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// Returns whether it is a file of the ordinary kind, and no folder, device or pipe.
    package static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

    /// Returns whether two paths lead to one file.
    package static func isSame(_ one: stat, _ other: stat) -> Bool {
        one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// What the last system call says went wrong.
    private static func lastError(_ path: String) -> GalleryError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path) : .unavailable(path, reason: String(cString: strerror(errno)))
    }
}
