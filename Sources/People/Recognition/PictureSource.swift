public import Foundation
import LikenessSupport
public import Pixels

/// Where a picture comes from.
///
/// ```swift
/// let picture = PictureSource.bytes([UInt8](request), name: "upload")   // or .file(url)
/// let analysis = try await recognizer.analyze(picture, selecting: .largest)
/// print(picture.name, analysis.faces.first?.face.box ?? "no face")
/// ```
public enum PictureSource: Sendable, Hashable {
    /// A file. Where its name is not UTF-8, the path is what `SystemPath.text` makes of it.
    case file(URL)
    /// Bytes at hand, such as those of the standard input, and what to call them.
    case bytes([UInt8], name: String)
    /// What can't be read, such as a folder without permission, and why: it is a failure among the results.
    case unreadable(name: String, ImageError)

    /// The name by which results call the picture: the path as given, or `-`.
    public var name: String {
        switch self {
        case .file(let url): SystemPath.shown(url.relativePath)
        case .bytes(_, let name), .unreadable(let name, _): name
        }
    }

    /// The file's bytes.
    ///
    /// A pipe, a device or a socket is refused at once: reading it may never end. What the program was given as an open
    /// file, such as `/dev/stdin` or a shell's `<(…)`, is read.
    ///
    /// - Throws: `ImageError` where the file is missing, unreadable, empty or larger than `limits` allow.
    public func read(limits: DecodingLimits) throws -> [UInt8] { try bytes(limits) }

    /// The same in async code: a pipe, which may let wait, is read on a thread of its own.
    public func read(limits: DecodingLimits) async throws -> [UInt8] {
        guard case .file(let url) = self, Self.isHandedOver(url.path(percentEncoded: false)) else {
            return try bytes(limits)
        }
        return try await ThreadPool.waiting.run { try bytes(limits) }
    }

    /// The upright picture, read and decoded.
    ///
    /// - Throws: `ImageError` where it is no picture, or more than `limits` allow.
    public func image(limits: DecodingLimits) async throws -> Image {
        let bytes = try await read(limits: limits)
        return try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes, limits: limits) }
    }

    private func bytes(_ limits: DecodingLimits) throws -> [UInt8] {
        switch self {
        case .file(let url): try withPath(of: url) { try Image.bytes(contentsOf: $0, limits: limits) }
        case .bytes(let bytes, _): bytes
        case .unreadable(_, let error): throw error
        }
    }
}

extension PictureSource {
    /// What the picture's file says of itself.
    func header(limits: DecodingLimits) throws -> ImageHeader {
        switch self {
        case .file(let url): try withPath(of: url) { try ImageHeader(contentsOf: $0, limits: limits) }
        case .bytes(let bytes, _): try ImageHeader(decoding: bytes)
        case .unreadable(_, let error): throw error
        }
    }

    /// Calls `body` with a path to the file that is UTF-8.
    private func withPath<Result>(of url: URL, _ body: (URL) throws -> Result) throws -> Result {
        let path = SystemPath(url.path(percentEncoded: false))
        try Self.checkKind(of: path)
        guard !path.isText else { return try body(url) }
        let file = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard file >= 0 else {
            let number = errno
            if number == ENOENT || number == ENOTDIR { throw ImageError.fileNotFound(path: path.shown) }
            throw ImageError.unreadableFile(path: path.shown, reason: String(cString: strerror(number)))
        }
        defer { close(file) }
        return try body(URL(filePath: "/dev/fd/\(file)"))
    }

    /// Whether a path is of what the program was given as an open file.
    private static func isHandedOver(_ path: String) -> Bool {
        ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"].contains { path.hasPrefix($0) }
    }

    private static func checkKind(of path: SystemPath) throws {
        let shown = path.shown
        guard !isHandedOver(shown) else { return }
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0 else { return }
        let kind: String? =
            switch status.st_mode & S_IFMT {
            case S_IFIFO: "it is a pipe"
            case S_IFSOCK: "it is a socket"
            case S_IFCHR, S_IFBLK: "it is a device"
            default: nil
            }
        if let kind { throw ImageError.unreadableFile(path: shown, reason: kind) }
    }
}
