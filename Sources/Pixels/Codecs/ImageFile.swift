#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whole files, read and written with the system's own calls.
enum ImageFile {
    /// The bytes of the file at `path`, at most `limit` of them.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw ImageError.fileNotFound(path: path) }
            throw ImageError.unreadableFile(path: path, reason: reason(errno))
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            throw ImageError.unreadableFile(path: path, reason: reason(errno))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw ImageError.unreadableFile(path: path, reason: "it is a folder")
        }
        guard status.st_size <= limit else {
            throw ImageError.fileTooLarge(bytes: Int(status.st_size), limit: limit)
        }
        // Pipes and devices tell no size; a file may grow while it is read.
        return try readAll(file, path: path, expected: Int(status.st_size), limit: limit)
    }

    private static func readAll(_ file: Int32, path: String, expected: Int, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var step = expected > 0 ? expected : 1 << 16
        while true {
            let (part, failure) = readPart(file, capacity: step)
            guard failure == 0 else { throw ImageError.unreadableFile(path: path, reason: reason(failure)) }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            guard bytes.count <= limit else { throw ImageError.fileTooLarge(bytes: bytes.count, limit: limit) }
            if part.isEmpty || (expected > 0 && bytes.count == expected) { return bytes }
            step = 1 << 16
        }
    }

    private static func readPart(_ file: Int32, capacity: Int) -> (bytes: [UInt8], failure: Int32) {
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

    /// Writes a neighbor file and gives it the name `path` when it is complete.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).part"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
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
