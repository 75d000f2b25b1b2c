import LikenessSupport

/// Reads and writes the files of pictures.
enum ImageFile {
    /// Returns the bytes of the file at `path`, at most `limit`.
    ///
    /// Folders, pipes, devices and sockets are refused at once, because reading them may never end. Files that the
    /// program was started with, such as `/dev/stdin` or a shell's `<(…)`, are read even if they are pipes.
    static func read(_ path: String, limit: Int) throws(ImageError) -> [UInt8] {
        let opened = try open(path, allowsHandedOver: true)
        guard opened.size <= limit else { throw .fileTooLarge(bytes: opened.size, limit: limit) }
        // Pipes have no size, and a file may grow while it is read.
        var bytes: [UInt8] = []
        while true {
            let isStart = bytes.isEmpty
            if opened.isPipe { try wait(for: opened.file, path) }
            guard let part = try part(of: opened, path, isStart && opened.size > 0 ? opened.size : step) else {
                continue
            }
            if isStart { bytes = part } else { bytes += part }
            guard bytes.count <= limit else { throw .fileTooLarge(bytes: bytes.count, limit: limit) }
            if part.isEmpty || (opened.size > 0 && bytes.count == opened.size) { return bytes }
        }
    }

    /// The number of bytes that are read at once from a file of unknown length.
    private static let step = 1 << 16
    /// The longest wait for the next part of a pipe, in milliseconds.
    private static let patience: Int32 = 30_000

    /// Returns the first `count` bytes of a file, or all of a shorter one, and whether that is the whole file.
    static func prefix(
        _ path: String, count: Int, limit: Int
    ) throws(ImageError) -> (bytes: [UInt8], isWhole: Bool) {
        let opened = try open(path)
        guard opened.size <= limit else { throw .fileTooLarge(bytes: opened.size, limit: limit) }
        let wanted = min(count, opened.size)
        var bytes: [UInt8] = []
        while bytes.count < wanted {
            guard let part = try part(of: opened, path, wanted - bytes.count) else { continue }
            if part.isEmpty { return (bytes, true) }
            bytes = bytes.isEmpty ? part : bytes + part
        }
        return (bytes, wanted == opened.size)
    }

    /// Returns the first and the last `count` bytes of a file, or all of a shorter one.
    static func ends(_ path: String, count: Int) throws(ImageError) -> (start: [UInt8], end: [UInt8]) {
        let opened = try open(path)
        do {
            return (
                try opened.file.bytes(at: 0, count: min(count, opened.size)),
                try opened.file.bytes(at: max(opened.size - count, 0), count: min(count, opened.size))
            )
        } catch {
            throw unreadable(path, error)
        }
    }

    private static func open(_ path: String, allowsHandedOver: Bool = false) throws(ImageError) -> RegularFile {
        do {
            return try RegularFile(SystemPath(path), allowsHandedOver: allowsHandedOver)
        } catch {
            switch error {
            case .missing: throw .fileNotFound(path: SystemPath.shown(path))
            case .system(let error): throw unreadable(path, error)
            case .kind: throw .unreadableFile(path: SystemPath.shown(path), reason: error.reason)
            }
        }
    }

    private static func unreadable(_ path: String, _ error: SystemError) -> ImageError {
        error.isOutOfMemory
            ? .outOfMemory : .unreadableFile(path: SystemPath.shown(path), reason: error.reason)
    }

    /// Waits for the next part of a pipe.
    private static func wait(for file: OpenFile, _ path: String) throws(ImageError) {
        let isReady: Bool
        do {
            isReady = try file.waitToRead(milliseconds: patience)
        } catch {
            throw .unreadableFile(path: SystemPath.shown(path), reason: error.reason)
        }
        guard isReady else {
            throw .unreadableFile(
                path: SystemPath.shown(path), reason: "nothing came for \(patience / 1000) seconds")
        }
    }

    /// Returns the next bytes, at most `capacity`, none at the end; `nil` if a pipe has to be waited for again.
    private static func part(of opened: RegularFile, _ path: String, _ capacity: Int) throws(ImageError) -> [UInt8]? {
        try Memory.check(capacity)
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = 0
            do throws(SystemError) {
                count = try opened.file.read(into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        guard let failure else { return bytes }
        if failure.wouldWait, opened.isPipe { return nil }
        throw unreadable(path, failure)
    }

    /// Writes a temporary file beside `path` and moves it to `path` when it is complete.
    static func write(_ bytes: [UInt8], to path: String) throws(ImageError) {
        do {
            let draft = try DraftFile(beside: SystemPath(path), permissions: 0o666)
            try draft.write(bytes)
            try draft.move(to: SystemPath(path))
        } catch {
            throw .unwritableFile(path: SystemPath.shown(path), reason: error.reason)
        }
    }
}
