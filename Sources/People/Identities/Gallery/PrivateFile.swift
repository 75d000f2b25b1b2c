package import Foundation

/// Files that only their owner may read, whatever the process's umask.
package enum PrivateFile {
    /// Creates an empty file of mode 0600; an existing file is not changed.
    ///
    /// - Returns: Whether the file was created.
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

    /// Moves a file to another place atomically, replacing an existing file.
    ///
    /// - Throws: ``GalleryError/unavailable(_:reason:)``.
    package static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw lastError(target) }
    }

    /// Returns the status of the file at `path`, following links; `nil` if there is none.
    package static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// Returns whether it is a regular file, not a folder, device or pipe.
    package static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

    /// Returns whether both are the same file.
    package static func isSame(_ one: stat, _ other: stat) -> Bool {
        one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// Returns the error of the last system call.
    private static func lastError(_ path: String) -> GalleryError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path) : .unavailable(path, reason: String(cString: strerror(errno)))
    }
}
