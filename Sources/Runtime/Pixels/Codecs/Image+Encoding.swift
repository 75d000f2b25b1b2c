import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An output format and its quality.
public enum ImageEncoding: Hashable, Sendable {
    /// JPEG with a quality of 1...100 and chroma at half the resolution.
    case jpeg(quality: Int = 95)
    /// PNG, 8-bit RGB, lossless.
    case png
    /// Lossy WebP with a quality of 0...100.
    case webp(quality: Int = 90)

    /// Creates the encoding of default quality for a file name extension; `nil` if the format is not supported.
    public init?(pathExtension: String) {
        switch ImageFormat(pathExtension: pathExtension) {
        case .jpeg: self = .jpeg()
        case .png: self = .png
        case .webp: self = .webp()
        case .heic, .avif, nil: return nil
        }
    }

    /// The format without its quality.
    public var format: ImageFormat {
        switch self {
        case .jpeg: .jpeg
        case .png: .png
        case .webp: .webp
        }
    }
}

extension Image {
    /// Returns the picture as a file's bytes.
    ///
    /// - Parameters:
    ///   - encoding: The format.
    ///   - software: The name of the writing program, stored in the file: see ``ImageSoftware``.
    /// - Throws: ``ImageError/unsupportedFeature(format:detail:)`` if a side is longer than the format supports (65,500
    ///   pixels in JPEG, 16,383 in WebP); ``ImageError/outOfMemory``.
    public func encoded(as encoding: ImageEncoding, software: String? = nil) throws -> [UInt8] {
        // An estimate that holds for photographs. The encoders report it if more memory is needed.
        try Memory.check(pixels.count / 2)
        var bytes = codec_bytes(bytes: nil, count: 0)
        let columns = UInt32(clamping: width), rows = UInt32(clamping: height)
        let result = pixels.withUnsafeBufferPointer { source in
            switch encoding {
            case .jpeg(let quality):
                codec_jpeg_encode(source.baseAddress, columns, rows, Int32(min(max(quality, 1), 100)), &bytes)
            case .png: codec_png_encode(source.baseAddress, columns, rows, &bytes)
            case .webp(let quality):
                codec_webp_encode(source.baseAddress, columns, rows, Float(min(max(quality, 0), 100)), &bytes)
            }
        }
        guard result.status == codec_ok else { throw ImageError(result, format: encoding.format) }
        defer { codec_bytes_free(bytes) }
        try Memory.check(bytes.count)
        let encoded = Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))
        guard let software else { return encoded }
        return ImageSoftware.put(software, into: encoded, encoding.format, width: width, height: height)
    }

    /// Writes the picture to a file atomically: readers see the old file until the new one is complete.
    ///
    /// - Parameters:
    ///   - url: The destination. An existing file is replaced.
    ///   - encoding: The format; by default the one of the file name extension.
    ///   - software: The name of the writing program, stored in the file: see ``ImageSoftware``.
    /// - Throws: ``ImageError`` if the file can't be written or the extension is not supported; errors of
    ///   ``encoded(as:software:)``.
    public func write(to url: URL, as encoding: ImageEncoding? = nil, software: String? = nil) throws {
        guard let encoding = encoding ?? ImageEncoding(pathExtension: url.pathExtension) else {
            throw ImageError.unsupportedFormat(name: "The extension '\(url.pathExtension)'")
        }
        try ImageFile.write(try encoded(as: encoding, software: software), to: url.path(percentEncoded: false))
    }
}
