import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Image {
    /// Returns the bytes of a file without decoding them.
    ///
    /// - Throws: ``ImageError`` if the file is missing, unreadable or larger than `limits` allow.
    public static func bytes(contentsOf url: URL, limits: DecodingLimits = .standard) throws -> [UInt8] {
        try ImageFile.read(url.path(percentEncoded: false), limit: limits.bytes)
    }

    /// Creates an upright picture from a file: JPEG, PNG, WebP, HEIC or AVIF.
    ///
    /// The format is detected from the content.
    ///
    /// - Throws: ``ImageError``.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        self = try EncodedImage(Self.bytes(contentsOf: url, limits: limits), limits: limits).decoded().picture.image
    }

    /// Creates an upright picture from a file's bytes (`[UInt8]`, `Data`): JPEG, PNG, WebP, HEIC or AVIF.
    ///
    /// Grayscale, palette, 10-bit, 16-bit and CMYK pictures become 8-bit RGB; the lower bits are dropped. Transparency
    /// is composited on white. Animations give their first frame. The file's orientation is applied; ICC profiles are
    /// ignored. ``EncodedImage`` decodes parts and reduced pictures, and reports missing data in the file.
    ///
    /// - Throws: ``ImageError``.
    public init(decoding bytes: some ContiguousBytes, limits: DecodingLimits = .standard) throws {
        let bytes = (bytes as? [UInt8]) ?? bytes.withUnsafeBytes { [UInt8]($0) }
        self = try EncodedImage(bytes, limits: limits).decoded().picture.image
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
        case codec_memory_limit:
            self = .memoryLimit(needed: Int(detail) ?? Int.max, limit: limits.memory)
        case codec_unsupported: self = .unsupportedFeature(format: format, detail: detail)
        default: self = .corrupt(format: format, detail: detail)
        }
    }
}
