public import Foundation
import LikenessSupport
public import Pixels

/// The source of a picture.
///
/// ```swift
/// let picture = PictureSource.bytes([UInt8](request), name: "upload")   // or .file(url)
/// let analysis = try await recognizer.analyze(picture, selecting: .largest)
/// print(picture.name, analysis.faces.first?.face.box ?? "no face")
/// ```
public enum PictureSource: Sendable, Hashable {
    /// A file. If its name is not UTF-8, the path has the form of `SystemPath.text`.
    case file(URL)
    /// Bytes in memory, such as those of the standard input, and a name for them.
    case bytes([UInt8], name: String)
    /// A source that can't be read, such as a folder without permission, with the error; it is a failure among the
    /// results.
    case unreadable(name: String, ImageError)

    /// The picture's name in results: the path as given, or `-`.
    public var name: String {
        switch self {
        case .file(let url): SystemPath.shown(url.relativePath)
        case .bytes(_, let name), .unreadable(let name, _): name
        }
    }

    /// Reads the file's bytes.
    ///
    /// Pipes, devices and sockets are refused, because reading them may never end. A file that the program received
    /// already open is read, such as `/dev/stdin` or a shell's `<(…)`.
    ///
    /// - Throws: `ImageError` if the file is missing, unreadable, empty or larger than `limits` allow.
    public func read(limits: DecodingLimits) throws -> [UInt8] { try bytes(limits) }

    /// Reads the file's bytes in async code. A pipe, which may block, is read on a separate thread.
    public func read(limits: DecodingLimits) async throws -> [UInt8] {
        guard case .file(let url) = self, RegularFile.isHandedOver(SystemPath(url.path(percentEncoded: false))) else {
            return try bytes(limits)
        }
        return try await ThreadPool.waiting.run { try bytes(limits) }
    }

    /// Reads and decodes the picture, and turns it upright.
    ///
    /// - Throws: `ImageError` if it is not a picture or exceeds `limits`.
    public func image(limits: DecodingLimits) async throws -> Image {
        let bytes = try await read(limits: limits)
        return try await DecoderThreads.run(for: bytes) { try Image(decoding: bytes, limits: limits) }
    }

    private func bytes(_ limits: DecodingLimits) throws -> [UInt8] {
        switch self {
        case .file(let url): try Image.bytes(contentsOf: Self.checked(url), limits: limits)
        case .bytes(let bytes, _): bytes
        case .unreadable(_, let error): throw error
        }
    }
}

extension PictureSource {
    /// Returns `url` if it is a file's.
    private static func checked(_ url: URL) throws(ImageError) -> URL {
        guard url.isFileURL else {
            throw .unreadableFile(path: url.absoluteString, reason: "only file URLs can be read")
        }
        return url
    }

    /// Reads the header of the picture's file.
    func header(limits: DecodingLimits) throws -> ImageHeader {
        switch self {
        case .file(let url): try ImageHeader(contentsOf: Self.checked(url), limits: limits)
        case .bytes(let bytes, _): try ImageHeader(decoding: bytes)
        case .unreadable(_, let error): throw error
        }
    }

}
