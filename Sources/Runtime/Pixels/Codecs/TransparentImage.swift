import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A picture with transparency: 8-bit RGBA, rows from the top, 4 bytes a pixel, not premultiplied by alpha.
public struct TransparentImage: Hashable, Sendable {
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int
    /// `width * height * 4` bytes: red, green, blue and alpha of each pixel, row by row from the top.
    public let pixels: [UInt8]

    /// Creates a picture from a PNG file; without alpha it is opaque.
    ///
    /// - Throws: ``ImageError``, also for other formats.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        try self.init(decoding: Image.bytes(contentsOf: url, limits: limits), limits: limits)
    }

    /// Creates a picture from the bytes of a PNG file; without alpha it is opaque.
    ///
    /// - Throws: ``ImageError``, also for other formats.
    public init(decoding bytes: [UInt8], limits: DecodingLimits = .standard) throws {
        let header = try ImageHeader(decoding: bytes)
        guard header.format == .png else {
            throw ImageError.unsupportedFeature(format: header.format, detail: "only a PNG is read with transparency")
        }
        guard header.width <= limits.pixels / header.height else {
            throw ImageError.imageTooLarge(width: header.width, height: header.height, limit: limits.pixels)
        }
        var result = codec_result()
        let count = header.storedWidth * header.storedHeight * 4
        guard count <= limits.memory else { throw ImageError.memoryLimit(needed: count, limit: limits.memory) }
        try Memory.check(count)
        pixels = bytes.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
                result = codec_png_decode_rgba(
                    source.baseAddress, source.count, UInt32(header.storedWidth), UInt32(header.storedHeight),
                    target.baseAddress)
                initialized = result.status == codec_ok ? count : 0
            }
        }
        guard result.status == codec_ok else { throw ImageError(result, format: .png, limits: limits) }
        width = header.storedWidth
        height = header.storedHeight
    }
}
