import CCodecs

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A picture with transparency: 8-bit RGBA, rows from the top, 4 bytes a pixel, the colors not multiplied by alpha.
public struct TransparentImage: Hashable, Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// `width * height * 4` bytes: red, green, blue and alpha of each pixel, row by row from the top.
    public let pixels: [UInt8]

    /// Creates the picture in a PNG file; without alpha it is opaque everywhere.
    ///
    /// - Throws: ``ImageError``; also for a picture of another format.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        try self.init(decoding: Image.bytes(contentsOf: url, limits: limits), limits: limits)
    }

    /// Creates the picture in a PNG in memory; without alpha it is opaque everywhere.
    ///
    /// - Throws: ``ImageError``; also for a picture of another format.
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
