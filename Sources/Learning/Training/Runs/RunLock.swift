public import Foundation

/// A lock that keeps two processes from writing to the folder of one run: a file with the process's number, locked
/// during the lifetime of this value and removed afterward.
public final class RunLock {
    private let file: URL
    private let descriptor: Int32

    /// The file's name in the folder.
    static let name = ".lock"

    /// Locks a folder, which must exist.
    ///
    /// - Throws: ``TrainingError/busy(folder:process:)`` if another process has locked it;
    ///   ``TrainingError/unwritable(_:reason:)``.
    public init(_ folder: URL) throws(TrainingError) {
        file = folder.appending(path: Self.name)
        while true {
            let opened = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
            guard opened >= 0 else { throw .unwritable(file.path, reason: String(cString: strerror(errno))) }
            guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
                let number = errno
                let process = Self.process(opened)
                close(opened)
                guard number == EWOULDBLOCK else {
                    throw .unwritable(file.path, reason: String(cString: strerror(number)))
                }
                throw .busy(folder: folder.path, process: process)
            }
            // The previous owner may have removed the file between the two calls. This lock would then protect nothing.
            guard Self.isSame(opened, file.path) else {
                close(opened)
                continue
            }
            descriptor = opened
            break
        }
        let text = "\(getpid())\n"
        if ftruncate(descriptor, 0) == 0 { _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) } }
    }

    deinit {
        unlink(file.path)
        close(descriptor)
    }

    private static func isSame(_ opened: Int32, _ path: String) -> Bool {
        var (one, other) = (stat(), stat())
        return fstat(opened, &one) == 0 && stat(path, &other) == 0 && one.st_dev == other.st_dev
            && one.st_ino == other.st_ino
    }

    /// Returns the process number that the owner wrote; `nil` if it has not written it yet.
    private static func process(_ opened: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(opened, &bytes, bytes.count, 0)
        return count > 0
            ? Int32(String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .newlines)) : nil
    }
}
