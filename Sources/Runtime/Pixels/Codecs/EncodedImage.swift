import CCodecs

/// A picture's file in memory.
///
/// It can be decoded several times, in whole or in parts, at full or reduced size.
///
/// A JPEG at a half, a quarter or an eighth of its size is decoded directly at that size (libjpeg-turbo's scaled
/// inverse transforms), which saves most of the memory and some of the time. Other formats are averaged while they are
/// read.
public struct EncodedImage: Sendable {
    /// The file's format, size and orientation.
    public let header: ImageHeader
    private let bytes: [UInt8]
    private let limits: DecodingLimits

    /// Creates a picture from a file's bytes.
    ///
    /// Reads and checks its header.
    ///
    /// - Throws: ``ImageError`` if the bytes are not a picture, or exceed `limits`.
    public init(_ bytes: [UInt8], limits: DecodingLimits = .standard) throws {
        guard bytes.count <= limits.bytes else {
            throw ImageError.fileTooLarge(bytes: bytes.count, limit: limits.bytes)
        }
        header = try bytes.withUnsafeBytes { try ImageHeader(ByteReader(bytes: $0), limits: limits) }
        guard header.width <= limits.pixels / header.height else {
            throw ImageError.imageTooLarge(width: header.width, height: header.height, limit: limits.pixels)
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// Returns the reduction at which the picture's longest side has at least `side` pixels and fewer than twice as
    /// many.
    ///
    /// The reduction is a power of two. It is 1 for smaller pictures, and if `side` is `nil`.
    public func reduction(keepingLongestSide side: Int?) -> Int {
        guard let side, side > 0 else { return 1 }
        let longest = max(header.width, header.height)
        var reduction = 1
        while reduction < Self.largestReduction, longest / (reduction * 2) >= side { reduction *= 2 }
        return reduction
    }

    /// The largest supported reduction.
    public static let largestReduction = 256

    /// Decodes the whole picture, upright.
    ///
    /// - Parameter reduction: The width and height of each result pixel in full-size pixels: a power of two, at most
    ///   ``largestReduction``. The result's sides are the full picture's sides divided by this, rounded up.
    /// - Returns: The picture, and remarks about its file.
    /// - Throws: ``ImageError``.
    public func decoded(reducedBy reduction: Int = 1) throws -> (picture: ScaledImage, remarks: [ImageRemark]) {
        let whole = PixelRectangle(0, 0, header.storedWidth, header.storedHeight)
        let (pictures, remarks) = try decode([whole], reduction: reduction)
        return (pictures[0], remarks)
    }

    /// Decodes parts of the upright picture in one pass over the file.
    ///
    /// - Parameters:
    ///   - boxes: The parts, in pixels of the full upright picture. Anything outside the picture is left out.
    ///   - reduction: The reduction, as in ``decoded(reducedBy:)``.
    /// - Returns: The parts in the order of `boxes`; each covers at least its box. `nil` for a box outside the picture.
    /// - Throws: ``ImageError``.
    public func decodedParts(_ boxes: [Box], reducedBy reduction: Int) throws -> [ScaledImage?] {
        let wanted = boxes.map { box in
            PixelRectangle(covering: box)?.clipped(width: header.width, height: header.height)
        }
        let (pictures, _) = try decode(wanted.compactMap { $0.map(header.stored) }, reduction: reduction)
        var rest = pictures.makeIterator()
        return wanted.map { $0 == nil ? nil : rest.next() }
    }

    /// Decodes parts that are given in pixels of the stored picture.
    private func decode(
        _ parts: [PixelRectangle], reduction: Int
    ) throws -> (pictures: [ScaledImage], remarks: [ImageRemark]) {
        precondition(
            reduction > 0 && reduction <= Self.largestReduction && reduction.nonzeroBitCount == 1,
            "a reduction is a power of two")
        guard !parts.isEmpty else { return ([], []) }
        let places = parts.map { DecodedPart($0, of: header, reduction: reduction) }
        let needed = places.reduce(0) { $0 + $1.byteCount }
        guard needed <= limits.memory else { throw ImageError.memoryLimit(needed: needed, limit: limits.memory) }
        // All parts exist twice for a moment.
        try Memory.check(places.count == 1 ? needed : needed * 2)
        if places.count == 1 {
            var outcome = codec_result()
            let image = try Image(width: places[0].width, height: places[0].height) { target in
                guard let start = target.baseAddress else { return }
                outcome = try run([places[0].codecPart(into: start)], reduction: reduction, spent: needed)
            }
            return ([places[0].scaled(image)], Self.remarks(outcome))
        }
        return try decode(places, reduction: reduction, spent: needed)
    }

    /// Decodes several parts into separate buffers first.
    private func decode(
        _ places: [DecodedPart], reduction: Int, spent: Int
    ) throws -> (pictures: [ScaledImage], remarks: [ImageRemark]) {
        let buffers = places.map { UnsafeMutableBufferPointer<UInt8>.allocate(capacity: $0.byteCount) }
        defer { buffers.forEach { $0.deallocate() } }
        let parts = zip(places, buffers).compactMap { place, buffer in
            buffer.baseAddress.map { place.codecPart(into: $0) }
        }
        let outcome = try run(parts, reduction: reduction, spent: spent)
        let pictures = zip(places, buffers).map { place, buffer in
            place.scaled(Image(width: place.width, height: place.height, pixels: Array(buffer)))
        }
        return (pictures, Self.remarks(outcome))
    }

    private static func remarks(_ outcome: codec_result) -> [ImageRemark] {
        if outcome.missing_rows > 0 { return [.missingRows(Int(outcome.missing_rows))] }
        return outcome.lacks_end != 0 ? [.noEnd] : []
    }

    /// Calls the format's decoder.
    private func run(_ parts: [codec_part], reduction: Int, spent: Int) throws -> codec_result {
        let outcome = try bytes.withUnsafeBufferPointer { bytes in
            try parts.withUnsafeBufferPointer { parts in
                var request = codec_request(
                    data: bytes.baseAddress, count: bytes.count, width: UInt32(header.storedWidth),
                    height: UInt32(header.storedHeight), reduction: UInt32(reduction), parts: parts.baseAddress,
                    count_of_parts: UInt32(parts.count), max_scans: UInt32(clamping: limits.scans),
                    max_memory: UInt64(limits.memory - spent))
                switch header.format {
                case .jpeg: return codec_jpeg_decode(&request)
                case .png: return codec_png_decode(&request)
                case .webp: return codec_webp_decode(&request)
                case .heic, .avif:
                    return try HEIFProcess.rows(of: bytes, format: header.format, limits: limits, request: &request)
                }
            }
        }
        guard outcome.status == codec_ok else { throw ImageError(outcome, format: header.format, limits: limits) }
        return outcome
    }
}

/// The place of a part in the stored picture, and of its pixels in the upright picture.
private struct DecodedPart {
    let reduction: Int
    /// The number of columns or rows, upright.
    let width, height: Int
    /// The column or row of the top left pixel in the full upright picture.
    let x, y: Int
    private let left, top, storedWidth, storedHeight: Int
    private let orientation: Orientation

    var byteCount: Int { width * height * 3 }

    func scaled(_ image: Image) -> ScaledImage { ScaledImage(image, reduction: reduction, x: x, y: y) }

    /// Creates the decoding plan of one part.
    ///
    /// - Parameters:
    ///   - part: A rectangle inside the stored picture, in its pixels.
    ///   - header: The picture's header.
    ///   - reduction: The reduction.
    init(_ part: PixelRectangle, of header: ImageHeader, reduction: Int) {
        self.reduction = reduction
        orientation = header.orientation
        left = part.left / reduction
        top = part.top / reduction
        storedWidth = (part.right + reduction - 1) / reduction - left
        storedHeight = (part.bottom + reduction - 1) / reduction - top
        let across = (first: left * reduction, end: (left + storedWidth) * reduction)
        let down = (first: top * reduction, end: (top + storedHeight) * reduction)
        let swaps = orientation.swapsSides
        width = swaps ? storedHeight : storedWidth
        height = swaps ? storedWidth : storedHeight
        let columns = swaps ? down : across, rows = swaps ? across : down
        // A reduced pixel that lies partly outside the stored picture is at its right or bottom edge. After turning, it
        // is at another edge.
        x = orientation.reversesColumns ? header.width - columns.end : columns.first
        y = orientation.reversesRows ? header.height - rows.end : rows.first
    }

    func codecPart(into start: UnsafeMutablePointer<UInt8>) -> codec_part {
        let column = orientation.reversesColumns ? -3 : 3
        let row = (orientation.reversesRows ? -3 : 3) * width
        let first =
            (orientation.reversesColumns ? (width - 1) * 3 : 0)
            + (orientation.reversesRows ? (height - 1) * width * 3 : 0)
        let swaps = orientation.swapsSides
        return codec_part(
            left: UInt32(left), top: UInt32(top), width: UInt32(storedWidth), height: UInt32(storedHeight),
            rgb: start + first, column_step: swaps ? row : column, row_step: swaps ? column : row)
    }
}

extension Orientation {
    /// Whether the columns of the upright picture run in the opposite direction to the stored columns (or rows).
    fileprivate var reversesColumns: Bool { [.upMirrored, .down, .right, .rightMirrored].contains(self) }
    /// Whether the rows of the upright picture run in the opposite direction.
    fileprivate var reversesRows: Bool { [.down, .downMirrored, .rightMirrored, .left].contains(self) }
}

extension ImageHeader {
    /// Returns the stored rectangle for a rectangle of the upright picture.
    fileprivate func stored(_ part: PixelRectangle) -> PixelRectangle {
        var columns = (part.left, part.right), rows = (part.top, part.bottom)
        if orientation.reversesColumns { columns = (width - columns.1, width - columns.0) }
        if orientation.reversesRows { rows = (height - rows.1, height - rows.0) }
        return orientation.swapsSides
            ? PixelRectangle(rows.0, columns.0, rows.1, columns.1)
            : PixelRectangle(columns.0, rows.0, columns.1, rows.1)
    }
}

extension PixelRectangle {
    /// Creates the rectangle of all whole pixels that `box` touches; `nil` if its numbers are not valid coordinates.
    fileprivate init?(covering box: Box) {
        guard [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite), box.width >= 0, box.height >= 0 else {
            return nil
        }
        func whole(_ value: Float) -> Int { Int(min(max(value, -0x1p30), 0x1p30)) }
        let left = whole(box.x.rounded(.down)), top = whole(box.y.rounded(.down))
        self.init(
            left, top, max(whole((box.x + box.width).rounded(.up)), left + 1),
            max(whole((box.y + box.height).rounded(.up)), top + 1))
    }
}
