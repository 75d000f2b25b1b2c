#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads and writes whole files with system calls.
enum ImageFile {
    /// Returns the bytes of the file at `path`, at most `limit`.
    ///
    /// Folders, pipes, devices and sockets are refused at once, because reading them may never end. Files that the
    /// program was started with, such as `/dev/stdin` or a shell's `<(…)`, are read even if they are pipes.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try open(path, allowsPipe: handedOver.contains { path.hasPrefix($0) })
        defer { close(file.descriptor) }
        guard file.size <= limit else { throw ImageError.fileTooLarge(bytes: file.size, limit: limit) }
        // Pipes have no size, and a file may grow while it is read.
        return try file.isPipe
            ? readPipe(file.descriptor, path: path, limit: limit)
            : readAll(file.descriptor, path: path, expected: file.size, limit: limit)
    }

    private static let handedOver = ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"]

    /// Returns the first `count` bytes of a file, or all of a shorter one, and whether that is the whole file.
    static func prefix(
        _ path: String, count: Int, limit: Int
    ) throws -> (bytes: [UInt8], isWhole: Bool) {
        let file = try open(path, allowsPipe: false)
        defer { close(file.descriptor) }
        guard file.size <= limit else { throw ImageError.fileTooLarge(bytes: file.size, limit: limit) }
        let wanted = min(count, file.size)
        var bytes: [UInt8] = []
        while bytes.count < wanted {
            let (part, failure) = try readPart(file.descriptor, capacity: wanted - bytes.count)
            guard failure == 0 else { throw unreadable(path, failure) }
            if part.isEmpty { return (bytes, true) }
            bytes = bytes.isEmpty ? part : bytes + part
        }
        return (bytes, wanted == file.size)
    }

    /// Returns the first and the last `count` bytes of a file, or all of a shorter one.
    static func ends(_ path: String, count: Int) throws -> (start: [UInt8], end: [UInt8]) {
        let file = try open(path, allowsPipe: false)
        defer { close(file.descriptor) }
        func part(from offset: Int) throws -> [UInt8] {
            let wanted = min(count, file.size)
            return try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
                filled = 0
                while filled < wanted {
                    let read = pread(
                        file.descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(offset + filled)
                    )
                    if read < 0, errno == EINTR { continue }
                    guard read >= 0 else { throw unreadable(path, errno) }
                    if read == 0 { return }
                    filled += read
                }
            }
        }
        return (try part(from: 0), try part(from: max(file.size - count, 0)))
    }

    /// An open file.
    private struct Opened {
        let descriptor: Int32
        let size: Int
        let isPipe: Bool
    }

    /// Opens a readable file without waiting.
    private static func open(_ path: String, allowsPipe: Bool) throws -> Opened {
        // Without O_NONBLOCK, opening a pipe that has no writer would wait forever.
        let file = system(open: path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw ImageError.fileNotFound(path: path) }
            throw unreadable(path, errno)
        }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            defer { close(file) }
            throw unreadable(path, errno)
        }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFREG { return Opened(descriptor: file, size: Int(status.st_size), isPipe: false) }
        if kind == S_IFIFO, allowsPipe { return Opened(descriptor: file, size: 0, isPipe: true) }
        close(file)
        let what =
            switch kind {
            case S_IFDIR: "it is a folder"
            case S_IFIFO: "it is a pipe"
            case S_IFSOCK: "it is a socket"
            default: "it is a device"
            }
        throw ImageError.unreadableFile(path: path, reason: what)
    }

    private static func unreadable(_ path: String, _ code: Int32) -> ImageError {
        code == ENOMEM ? .outOfMemory : .unreadableFile(path: path, reason: reason(code))
    }

    private static func readAll(_ file: Int32, path: String, expected: Int, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var step = expected > 0 ? expected : 1 << 16
        while true {
            let (part, failure) = try readPart(file, capacity: step)
            guard failure == 0 else { throw unreadable(path, failure) }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            guard bytes.count <= limit else { throw ImageError.fileTooLarge(bytes: bytes.count, limit: limit) }
            if part.isEmpty || (expected > 0 && bytes.count == expected) { return bytes }
            step = 1 << 16
        }
    }

    /// The longest wait for the next part of a pipe, in milliseconds.
    private static let patience: Int32 = 30_000

    private static func readPipe(_ file: Int32, path: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            var ready = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            let found = poll(&ready, 1, patience)
            if found < 0, errno == EINTR { continue }
            guard found > 0 else {
                let why = found == 0 ? "no data came for \(patience / 1000) seconds" : reason(errno)
                throw ImageError.unreadableFile(path: path, reason: why)
            }
            let (part, failure) = try readPart(file, capacity: 1 << 16)
            if failure == EAGAIN { continue }
            guard failure == 0 else { throw unreadable(path, failure) }
            if part.isEmpty { return bytes }
            bytes += part
            guard bytes.count <= limit else { throw ImageError.fileTooLarge(bytes: bytes.count, limit: limit) }
        }
    }

    private static func readPart(_ file: Int32, capacity: Int) throws -> (bytes: [UInt8], failure: Int32) {
        try Memory.check(capacity)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            while true {
                let got = Self.system(file, buffer.baseAddress, capacity)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                count = max(got, 0)
                return
            }
        }
        return (bytes, failure)
    }

    /// Writes a temporary file beside `path` and renames it to `path` when it is complete.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        let file = system(open: draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw ImageError.unwritableFile(path: path, reason: reason(errno)) }
        var failure = writeAll(bytes, to: file)
        if close(file) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(draft, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(draft)
            throw ImageError.unwritableFile(path: path, reason: reason(failure))
        }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let put = system(file, UnsafeRawBufferPointer(rebasing: buffer[done...]))
                if put < 0, errno == EINTR { continue }
                if put < 0 { return errno }
                done += put
            }
            return 0
        }
    }

    private static func system(open path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, flags, mode)
        #elseif canImport(Musl)
        Musl.open(path, flags, mode)
        #else
        Darwin.open(path, flags, mode)
        #endif
    }

    private static func system(_ file: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.write(file, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        Musl.write(file, buffer.baseAddress, buffer.count)
        #else
        Darwin.write(file, buffer.baseAddress, buffer.count)
        #endif
    }

    private static func system(_ file: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.read(file, buffer, count)
        #elseif canImport(Musl)
        Musl.read(file, buffer, count)
        #else
        Darwin.read(file, buffer, count)
        #endif
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
