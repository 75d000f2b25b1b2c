public import Foundation
import LikenessSupport
public import Pixels

/// Where a picture comes from.
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
        guard case .file(let url) = self, RegularFile.isHandedOver(SystemPath(url.path(percentEncoded: false))) else {
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
        case .file(let url): try Image.bytes(contentsOf: url, limits: limits)
        case .bytes(let bytes, _): bytes
        case .unreadable(_, let error): throw error
        }
    }
}

extension PictureSource {
    /// What the picture's file says of itself.
    func header(limits: DecodingLimits) throws -> ImageHeader {
        switch self {
        case .file(let url): try ImageHeader(contentsOf: url, limits: limits)
        case .bytes(let bytes, _): try ImageHeader(decoding: bytes)
        case .unreadable(_, let error): throw error
        }
    }
}
