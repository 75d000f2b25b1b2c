import Foundation

/// Files that only their owner may read, whatever the process's umask.
enum PrivateFile {
    /// Makes an empty file of mode 0600; leaves one that is there as it is.
    ///
    /// - Returns: Whether it was made.
    /// - Throws: ``GalleryError/unavailable(_:reason:)``.
    @discardableResult
    static func create(_ path: String) throws -> Bool {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return true
        }
        guard errno == EEXIST else { throw GalleryError.unavailable(path, reason: reason) }
        return false
    }

    /// Puts a file in another one's place, at once.
    ///
    /// - Throws: ``GalleryError/unavailable(_:reason:)``.
    static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw GalleryError.unavailable(target, reason: reason) }
    }

    /// What the last system call says went wrong.
    private static var reason: String { String(cString: strerror(errno)) }
}
