import Faces
import Pixels

/// A picture as it is worked on: all of it as finely as the detector looks at it, and single faces as finely as they need.
struct SeenPicture: Sendable {
    /// Columns and rows of the full upright picture.
    let width, height: Int
    /// All of it, perhaps reduced.
    let overview: ScaledImage
    /// Where finer parts come from; `nil` where the overview is all that there is.
    private let file: EncodedImage?

    /// The file's format; `nil` for a picture in memory.
    var format: ImageFormat? { file?.header.format }

    /// A picture in memory.
    init(_ image: Image) {
        (width, height) = (image.width, image.height)
        overview = ScaledImage(image)
        file = nil
    }

    /// A picture in a file.
    init(file: EncodedImage, overview: ScaledImage) {
        (width, height) = (file.header.width, file.header.height)
        self.overview = overview
        self.file = file
    }

    /// Of what each of `faces` is cut: the overview where that is fine enough for all `templates`, else a part of the
    /// picture that is decoded for it.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` for a face without extent; `ImageError`.
    func parts(for faces: [Face], _ templates: [AlignmentTemplate]) throws -> [ScaledImage] {
        let needs = try faces.map { try Need($0, templates) }
        var parts = [ScaledImage](repeating: overview, count: faces.count)
        guard let file else { return parts }
        let small = needs.indices.filter { needs[$0].reduction < overview.reduction }
        guard let finest = small.map({ needs[$0].reduction }).min() else { return parts }
        // Every pass reads the whole file: all parts are read in one, as finely as the one that needs it most, and those
        // whose faces are large are shrunk when they are cut.
        let found = try file.decodedParts(small.map { needs[$0].box }, reducedBy: finest)
        for (index, part) in zip(small, found) {
            guard let part else { continue }
            let factor = needs[index].reduction / finest
            parts[index] = part.reduced(by: factor)
        }
        return parts
    }

    /// The same where faces were found in an enhanced picture: what they are cut of is enhanced as that was.
    ///
    /// Enhancing looks at the whole picture, so the whole picture is decoded as finely as the faces need, as long as that is
    /// not more than ``mostEnhanced`` pixels.
    func enhancedParts(
        _ look: EnhancementLadder.Look, for faces: [Face], _ templates: [AlignmentTemplate]
    ) throws -> [ScaledImage] {
        let needed = try faces.map { try Need($0, templates).reduction }.min() ?? look.picture.reduction
        var reduction = look.picture.reduction
        while reduction > needed, Self.pixels(width, height, reduction / 2) <= Self.mostEnhanced { reduction /= 2 }
        var picture = look.picture
        if let file, reduction < look.picture.reduction {
            picture = try file.decoded(reducedBy: reduction).picture
            try Memory.check(picture.image.pixels.count * 3)
            picture.image = EnhancementLadder.apply(look.enhancement, to: picture.image)
        }
        return [ScaledImage](repeating: picture, count: faces.count)
    }

    private static func pixels(_ width: Int, _ height: Int, _ reduction: Int) -> Int {
        (width / reduction) * (height / reduction)
    }

    /// The most pixels of a picture that is enhanced as a whole.
    private static let mostEnhanced = 16_000_000

    /// What a face needs for all templates.
    private struct Need {
        let reduction: Int
        /// In the full picture's pixels.
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
