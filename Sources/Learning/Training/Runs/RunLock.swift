public import Foundation

/// Keeps two processes from writing one folder of a run: a file with the process's number, locked as long as this value
/// lives, and gone afterwards.
public final class RunLock {
    private let file: URL
    private let descriptor: Int32

    /// The file's name in the folder.
    static let name = ".lock"

    /// Locks a folder, which must be there.
    ///
    /// - Throws: ``TrainingError/busy(folder:process:)`` where another process has it; ``TrainingError/unwritable(_:reason:)``.
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
            // Whoever had it may have removed the file between the two calls: then this one locks nothing.
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

    /// The number that the owner wrote; `nil` where it has not come to that.
    private static func process(_ opened: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(opened, &bytes, bytes.count, 0)
        return count > 0
            ? Int32(String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .newlines)) : nil
    }
}
