public import Faces
public import Pixels

/// Small pictures of faces in a grid, for visual inspection.
public struct ContactSheet: Sendable {
    private let side: Int
    private let columns: Int
    private let limit: Int
    private var faces: [Image] = []

    /// Creates an empty sheet.
    ///
    /// - Parameters:
    ///   - side: The side of each small picture, in pixels.
    ///   - columns: The number of pictures in a row.
    ///   - limit: The largest number of faces on the sheet.
    public init(side: Int = 160, columns: Int = 12, limit: Int = 240) {
        precondition(side > 0 && columns > 0 && limit > 0, "a sheet has room for a face")
        self.side = side
        self.columns = columns
        self.limit = limit
    }

    /// The number of faces on the sheet.
    public var count: Int { faces.count }

    /// Adds the face at `landmarks`, with the whole head.
    ///
    /// A face is left out if its landmarks coincide or the limit is reached.
    public mutating func add(_ picture: Image, at landmarks: Landmarks) {
        guard faces.count < limit, let frame = try? FaceFrame(landmarks) else { return }
        // The largest side of a head, from the crown to below the chin, is about 250 mm.
        let scale = Float(side) / (250 * frame.scale)
        let middle = frame([0, 35, -10])
        let transform = SimilarityTransform(
            a: scale, b: 0, tx: Float(side) / 2 - scale * middle.x, ty: Float(side) / 2 - scale * middle.y)
        faces.append(Self.shrunk(picture, by: transform, side: side))
    }

    /// Returns the sheet; a small empty picture if it has no faces.
    public func image() -> Image {
        let across = max(min(faces.count, columns), 1), rows = max((faces.count + columns - 1) / columns, 1)
        var pixels = [UInt8](repeating: 255, count: across * rows * side * side * 3)
        for (index, face) in faces.enumerated() {
            let left = index % columns * side, top = index / columns * side
            for y in 0..<side {
                let to = ((top + y) * across * side + left) * 3
                pixels.replaceSubrange(to..<to + side * 3, with: face.pixels[y * side * 3..<(y + 1) * side * 3])
            }
        }
        return Image(width: across * side, height: rows * side, pixels: pixels)
    }

    /// Returns the warped picture, shrunk first if necessary, so that bilinear sampling skips no pixels.
    private static func shrunk(_ picture: Image, by transform: SimilarityTransform, side: Int) -> Image {
        guard transform.scale < 0.6 else { return picture.warped(by: transform, width: side, height: side) }
        let width = max(Int(Float(picture.width) * transform.scale), 1)
        let height = max(Int(Float(picture.height) * transform.scale), 1)
        let small = picture.resized(width: width, height: height)
        let x = Float(picture.width) / Float(width), y = Float(picture.height) / Float(height)
        let ratio = (x + y) / 2
        let adapted = SimilarityTransform(
            a: transform.a * ratio, b: transform.b * ratio, tx: transform.tx, ty: transform.ty)
        return small.warped(by: adapted, width: side, height: side)
    }
}
