import Faces
import Pixels

/// A picture being processed: an overview at the resolution of the detector, and parts around single faces at the
/// resolution that they need.
struct SeenPicture: Sendable {
    /// The width and height of the full upright picture, in pixels.
    let width, height: Int
    /// The whole picture, possibly reduced.
    let overview: ScaledImage
    /// The file from which finer parts are decoded; `nil` if the overview is all there is.
    private let file: EncodedImage?

    /// The file's format; `nil` for a picture in memory.
    var format: ImageFormat? { file?.header.format }

    /// Creates a picture from pixels in memory.
    init(_ image: Image) {
        (width, height) = (image.width, image.height)
        overview = ScaledImage(image)
        file = nil
    }

    /// Creates a picture from a file.
    init(file: EncodedImage, overview: ScaledImage) {
        (width, height) = (file.header.width, file.header.height)
        self.overview = overview
        self.file = file
    }

    /// Returns for each of `faces` the picture from which it is cropped: the overview if it is fine enough for all
    /// `templates`, otherwise a part that is decoded for this.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if all landmarks of a face coincide; `ImageError`.
    func parts(for faces: [Face], _ templates: [AlignmentTemplate]) throws -> [ScaledImage] {
        let needs = try faces.map { try Need($0, templates) }
        var parts = [ScaledImage](repeating: overview, count: faces.count)
        guard let file else { return parts }
        let small = needs.indices.filter { needs[$0].reduction < overview.reduction }
        guard let finest = small.map({ needs[$0].reduction }).min() else { return parts }
        // Every decoding pass reads the whole file. All parts are therefore read in one pass, at the resolution of the
        // most demanding one; those of larger faces are reduced when they are cropped.
        let found = try file.decodedParts(small.map { needs[$0].box }, reducedBy: finest)
        for (index, part) in zip(small, found) {
            guard let part else { continue }
            let factor = needs[index].reduction / finest
            parts[index] = part.reduced(by: factor)
        }
        return parts
    }

    /// Returns rows of the picture for a finer search, from the overview if it is fine enough.
    ///
    /// - Parameters:
    ///   - rows: The rows, in pixels of the full picture.
    ///   - reduction: The reduction, as in `EncodedImage`.
    /// - Throws: `ImageError`.
    func strip(rows: Range<Int>, reducedBy reduction: Int) throws -> ScaledImage {
        let box = Box(x: 0, y: Float(rows.lowerBound), width: Float(width), height: Float(rows.count))
        guard let file, reduction < overview.reduction else { return overview }
        return try file.decodedParts([box], reducedBy: reduction).first.flatMap(\.self) ?? overview
    }

    /// Returns the same if faces were found in an enhanced picture: the picture from which they are cropped gets the
    /// same enhancement.
    ///
    /// Enhancement depends on the whole picture, so the whole picture is decoded at the resolution that the faces need,
    /// but with no more than ``mostEnhanced`` pixels.
    func enhancedParts(
        _ look: LookResult, for faces: [Face], _ templates: [AlignmentTemplate]
    ) throws -> [ScaledImage] {
        let needed = try faces.map { try Need($0, templates).reduction }.min() ?? look.picture.reduction
        var reduction = look.picture.reduction
        while reduction > needed, Self.pixels(width, height, reduction / 2) <= Self.mostEnhanced { reduction /= 2 }
        var picture = look.picture
        if let file, reduction < look.picture.reduction {
            picture = try file.decoded(reducedBy: reduction).picture
            try Memory.check(picture.image.pixels.count * 3)
            picture.image = LookSequence.apply(look.enhancement, to: picture.image)
        }
        return [ScaledImage](repeating: picture, count: faces.count)
    }

    private static func pixels(_ width: Int, _ height: Int, _ reduction: Int) -> Int {
        (width / reduction) * (height / reduction)
    }

    /// The maximum number of pixels of a picture that is enhanced as a whole.
    private static let mostEnhanced = 16_000_000

    /// The region and resolution that a face needs for all templates.
    private struct Need {
        let reduction: Int
        /// In pixels of the full picture.
        let box: Box

        init(_ face: Face, _ templates: [AlignmentTemplate]) throws {
            reduction = try templates.map { try face.reduction(for: $0) }.min() ?? 1
            let boxes = try templates.map { try face.surroundings(in: $0) }
            let left = boxes.map(\.x).min() ?? 0, top = boxes.map(\.y).min() ?? 0
            let right = boxes.map { $0.x + $0.width }.max() ?? 0, bottom = boxes.map { $0.y + $0.height }.max() ?? 0
            box = Box(x: left, y: top, width: right - left, height: bottom - top)
        }
    }
}
