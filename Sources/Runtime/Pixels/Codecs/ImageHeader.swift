#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What a picture's file says of itself, read without decoding it.
public struct ImageHeader: Hashable, Sendable {
    /// The file's format, by its content.
    public let format: ImageFormat
    /// Columns of the upright picture.
    public let width: Int
    /// Rows of the upright picture.
    public let height: Int
    /// How the stored picture is turned to be upright; `.up` where the file says nothing.
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

    /// Creates the header of the picture in `bytes`.
    ///
    /// - Throws: ``ImageError``: empty, not a picture, an unsupported format, or damaged before the size is known.
    public init(decoding bytes: some ContiguousBytes) throws {
        self = try bytes.withUnsafeBytes { try ImageHeader(ByteReader(bytes: $0)) }
    }

    /// Creates the header of the picture in a file, of which no more is read than its header takes.
    ///
    /// - Throws: ``ImageError``: additionally not found, unreadable or over the limit.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        let path = url.path(percentEncoded: false)
        // Orientations may come after the pixels in PNG and WebP; of JPEG and HEIC the beginning is enough. Metadata with a
        // large preview may stand first.
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
        guard width > 0, height > 0 else { throw ImageError.corrupt(format: format, detail: "a side of no pixels") }
    }
}
