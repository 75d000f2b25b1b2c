import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Image {
    /// The bytes of a file, not yet decoded: for who needs them for more than the picture.
    ///
    /// - Throws: ``ImageError`` where the file is missing, unreadable or larger than `limits` allow.
    public static func bytes(contentsOf url: URL, limits: DecodingLimits = .standard) throws -> [UInt8] {
        try ImageFile.read(url.path(percentEncoded: false), limit: limits.bytes)
    }

    /// The upright picture in a file: JPEG, PNG or WebP, whatever its name.
    ///
    /// - Throws: ``ImageError``.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        try self.init(decoding: Self.bytes(contentsOf: url, limits: limits), limits: limits)
    }

    /// The upright picture in memory (`[UInt8]`, `Data`): JPEG, PNG or WebP.
    ///
    /// Gray, palettes, 16 bits (their high byte) and inks become 8-bit RGB; transparency is composited on white, as
    /// people see it; of an animation the first frame is taken; Exif's orientation is applied; ICC profiles are ignored.
    ///
    /// - Throws: ``ImageError``.
    public init(decoding bytes: some ContiguousBytes, limits: DecodingLimits = .standard) throws {
        self = try bytes.withUnsafeBytes { try Image(decoding: $0, limits: limits) }
    }

    private init(decoding bytes: UnsafeRawBufferPointer, limits: DecodingLimits) throws {
        guard bytes.count <= limits.bytes else {
            throw ImageError.fileTooLarge(bytes: bytes.count, limit: limits.bytes)
        }
        let reader = ByteReader(bytes: bytes)
        let header = try ImageHeader(reader)
        guard header.width <= limits.pixels / header.height else {
            throw ImageError.imageTooLarge(width: header.width, height: header.height, limit: limits.pixels)
        }
        guard header.isWhole(reader) else { throw ImageError.truncated(format: header.format) }
        let stored = try Image(width: header.storedWidth, height: header.storedHeight) { target in
            try header.decode(bytes, limits: limits, into: target)
        }
        self = stored.oriented(header.orientation)
    }
}

extension ImageHeader {
    /// Whether the file's frame is complete; of a JPEG only the decoder can tell.
    fileprivate func isWhole(_ reader: ByteReader) -> Bool {
        switch format {
        case .jpeg: true
        case .png: Self.isWhole(png: reader)
        case .webp: Self.isWhole(webp: reader)
        }
    }

    /// Fills `target` with the stored picture's bytes.
    fileprivate func decode(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits, into target: UnsafeMutableBufferPointer<UInt8>
    ) throws {
        let data = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        let columns = UInt32(storedWidth), rows = UInt32(storedHeight)
        let result =
            switch format {
            case .jpeg:
                codec_jpeg_decode(
                    data, bytes.count, columns, rows, UInt32(clamping: limits.scans), target.baseAddress)
            case .png: codec_png_decode(data, bytes.count, columns, rows, target.baseAddress)
            case .webp: codec_webp_decode(data, bytes.count, columns, rows, target.baseAddress)
            }
        guard result.status == codec_ok else { throw ImageError(result, format: format, limits: limits) }
    }
}

extension ImageError {
    init(_ result: codec_result, format: ImageFormat, limits: DecodingLimits = .standard) {
        let detail = withUnsafeBytes(of: result.message) { message in
            String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
        }
        switch result.status {
        case codec_truncated: self = .truncated(format: format)
        case codec_limit: self = .tooManyScans(limit: limits.scans)
        case codec_out_of_memory: self = .outOfMemory
        case codec_unsupported: self = .unsupportedFeature(format: format, detail: detail)
        default: self = .corrupt(format: format, detail: detail)
        }
    }
}
