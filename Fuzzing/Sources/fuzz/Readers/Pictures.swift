import Foundation

@testable import Pixels

extension Reader {
    /// Limits small enough that a damaged but decodable picture takes milliseconds.
    private static let limits = DecodingLimits(pixels: 1 << 18, bytes: 1 << 20, scans: 16)

    static let pictures = [
        picture("jpeg"), picture("png"), picture("webp"),
        Reader("picture-header", longest: 512, expects: { $0 is ImageError }) { bytes in
            let header = try ImageHeader(decoding: bytes)
            precondition(header.width > 0 && header.height > 0, "a picture must have pixels")
        },
        Reader("exif", longest: 512, expects: { _ in false }) { bytes in
            bytes.withUnsafeBytes { _ = Exif.orientation(ByteReader(bytes: $0)) }
        },
        Reader("image-software", longest: 1024, expects: { _ in false }) { bytes in
            let (start, end) = bytes.halves
            _ = ImageSoftware.name(start: bytes, end: bytes)
            _ = ImageSoftware.name(start: Array(start), end: Array(end))
        },
        // The answer of the helper for HEIC and AVIF, which may be anything after a crash.
        Reader("heif-answer", longest: 600, expects: { $0 is ImageError }) { bytes in
            let size = try HEIFProcess.size(in: bytes.text, format: .heic, limits: limits)
            let error = ImageError.imageTooLarge(width: size.width, height: size.height, limit: limits.pixels)
            precondition(size.width > 0 && size.height > 0 && !"\(error)".isEmpty, "a picture must have pixels")
        },
    ]

    /// Returns a reader that decodes a picture at full size, at a reduction, and in parts.
    ///
    /// Each may fail independently.
    private static func picture(_ name: String) -> Reader {
        Reader(name, longest: 8192, expects: { $0 is ImageError }) { bytes in
            if name == "png" { _ = try? TransparentImage(decoding: bytes, limits: limits) }
            let header = try ImageHeader(decoding: bytes)
            let wanted = WantedParts(bytes, header)
            let file = try EncodedImage(bytes, limits: limits)
            // Parts first: if the rest of the file is damaged, they are read only as far as needed.
            let parts = try promised { try file.decodedParts(wanted.boxes, reducedBy: wanted.reduction) }
            let reduced = try promised { try file.decoded(reducedBy: wanted.reduction) }
            if let parts, let reduced, reduced.remarks.isEmpty {
                precondition(
                    parts.allSatisfy { isPart($0, of: reduced.picture) },
                    "a part must equal that area of the whole picture")
            }
            let image = try Image(decoding: bytes, limits: limits)
            precondition(
                image.width == header.width && image.height == header.height
                    && image.pixels.count == 3 * image.width * image.height, "the header must have the picture's size")
        }
    }

    /// Returns the result of `body`; `nil` if it throws an error that pictures promise.
    private static func promised<Result>(_ body: () throws -> Result) throws -> Result? {
        do { return try body() } catch is ImageError { return nil }
    }

    /// Returns whether a part has the same pixels as the whole picture at the same reduction.
    private static func isPart(_ part: ScaledImage?, of whole: ScaledImage) -> Bool {
        guard let part else { return true }
        let left = (part.x - whole.x) / whole.reduction, top = (part.y - whole.y) / whole.reduction
        guard left >= 0, top >= 0, left + part.image.width <= whole.image.width,
            top + part.image.height <= whole.image.height
        else { return false }
        let place = Box(
            x: Float(left), y: Float(top), width: Float(part.image.width), height: Float(part.image.height))
        return whole.image.cropped(to: place) == part.image
    }
}

/// The requested parts of a picture, taken from the last bytes of its file, which decoders ignore.
private struct WantedParts {
    /// The reduction: a power of two up to the largest.
    let reduction: Int
    /// Two boxes in and around the picture, and one with invalid coordinates.
    let boxes: [Box]

    init(_ bytes: [UInt8], _ header: ImageHeader) {
        let control = [UInt8](repeating: 0, count: max(9 - bytes.count, 0)) + bytes.suffix(9)
        reduction = min(1 << Int(control[8] % 9), EncodedImage.largestReduction)
        let width = Float(header.width), height = Float(header.height)
        func share(_ place: Int) -> Float { Float(control[place]) / 200 }
        boxes =
            [0, 4].map { first in
                Box(
                    x: (share(first) - 0.1) * width, y: (share(first + 1) - 0.1) * height,
                    width: share(first + 2) * width, height: share(first + 3) * height)
            } + [Box(x: .nan, y: -.greatestFiniteMagnitude, width: .infinity, height: .greatestFiniteMagnitude)]
    }
}
