import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Image {
    /// Returns the bytes of a file, not yet decoded: for who needs them for more than the picture.
    ///
    /// - Throws: ``ImageError`` if the file is missing, unreadable or larger than `limits` allow.
    public static func bytes(contentsOf url: URL, limits: DecodingLimits = .standard) throws -> [UInt8] {
        try ImageFile.read(url.path(percentEncoded: false), limit: limits.bytes)
    }

    /// Creates the upright picture in a file: JPEG, PNG, WebP, HEIC or AVIF, whatever its name.
    ///
    /// - Throws: ``ImageError``.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        self = try EncodedImage(Self.bytes(contentsOf: url, limits: limits), limits: limits).decoded().picture.image
    }

    /// Creates the upright picture in memory (`[UInt8]`, `Data`): JPEG, PNG, WebP, HEIC or AVIF.
    ///
    /// Gray, palettes, 10 and 16 bits (their high ones) and inks become 8-bit RGB; transparency is composited on white,
    /// as people see it; of an animation the first frame is taken; the file's orientation is applied; ICC profiles are
    /// ignored. ``EncodedImage`` reads parts and smaller pictures, and tells what was missing in the file.
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
