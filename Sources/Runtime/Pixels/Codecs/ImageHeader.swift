#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A picture's format, size and orientation, read without decoding it.
public struct ImageHeader: Hashable, Sendable {
    /// The file's format, detected from its content.
    public let format: ImageFormat
    /// The number of columns of the upright picture.
    public let width: Int
    /// The number of rows of the upright picture.
    public let height: Int
    /// The rotation or reflection that makes the stored picture upright; `.up` if the file has no orientation.
    public let orientation: Orientation

    var storedWidth: Int { orientation.swapsSides ? height : width }
    var storedHeight: Int { orientation.swapsSides ? width : height }

    init(format: ImageFormat, storedWidth: Int, storedHeight: Int, orientation: Orientation?) {
        let orientation = orientation ?? .up
        self.format = format
        self.orientation = orientation
        width = orientation.swapsSides ? storedHeight : storedWidth
        height = orientation.swapsSides ? storedWidth : storedHeight
    }

    /// Creates the header from a file's bytes.
    ///
    /// - Throws: ``ImageError`` if the bytes are empty, not a picture, in an unsupported format, or damaged before the
    ///   size.
    public init(decoding bytes: some ContiguousBytes) throws {
        self = try bytes.withUnsafeBytes { try ImageHeader(ByteReader(bytes: $0)) }
    }

    /// Creates the header from a file, of which only the necessary part is read.
    ///
    /// - Throws: ``ImageError`` as for bytes, and if the file is not found, unreadable or over the limit.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        let path = url.path(percentEncoded: false)
        // In PNG and WebP the orientation may come after the pixels. For JPEG and HEIC the beginning is enough, but
        // metadata with a large preview may come first.
        var count = 1 << 16
        while true {
            let (bytes, isWhole) = try ImageFile.prefix(path, count: count, limit: limits.bytes)
            let format = bytes.withUnsafeBytes { FormatSignature(ByteReader(bytes: $0)).format }
            if isWhole || format == .jpeg {
                do {
                    self = try bytes.withUnsafeBytes { try ImageHeader(ByteReader(bytes: $0), limits: limits) }
                    return
                } catch ImageError.truncated where !isWhole {}
            } else if format == nil {
                self = try bytes.withUnsafeBytes { try ImageHeader(ByteReader(bytes: $0), limits: limits) }
                return
            }
            guard !isWhole else { throw ImageError.truncated(format: format ?? .jpeg) }
            count = format == .jpeg ? count * 8 : limits.bytes
        }
    }

    init(_ reader: ByteReader, limits: DecodingLimits = .standard) throws {
        guard reader.count > 0 else { throw ImageError.emptyFile }
        switch FormatSignature(reader) {
        case .supported(.jpeg): try self.init(jpeg: reader)
        case .supported(.png): try self.init(png: reader)
        case .supported(.webp): try self.init(webp: reader)
        case .supported(let format): try self.init(heif: reader, format: format, limits: limits)
        case .unsupported(let name): throw ImageError.unsupportedFormat(name: name)
        case .cut(let format): throw ImageError.truncated(format: format)
        case .text: throw ImageError.notAnImage(found: "text")
        case .unknown: throw ImageError.notAnImage(found: "data of an unknown kind")
        }
        guard width > 0, height > 0 else { throw ImageError.corrupt(format: format, detail: "it has no pixels") }
    }
}
