import Foundation
public import Pixels

/// Two pictures that were compared, to be looked at.
public struct PicturePair: Hashable, Sendable {
    /// A picture, as far as it can be shown.
    public struct Picture: Hashable, Sendable {
        /// What the list calls it.
        public var name: String
        /// `nil` if it can't be read.
        public var thumbnail: Thumbnail?

        /// Creates a picture under its name.
        public init(name: String, thumbnail: Thumbnail?) { (self.name, self.thumbnail) = (name, thumbnail) }
    }

    /// The first picture.
    public var first: Picture
    /// The second one.
    public var second: Picture
    /// Lines below them, the most important first.
    public var captions: [String]

    /// Creates two pictures and what stands below them.
    public init(first: Picture, second: Picture, captions: [String]) {
        (self.first, self.second, self.captions) = (first, second, captions)
    }
}

/// A small picture that is written into a page.
public struct Thumbnail: Hashable, Sendable {
    /// The longer side, in pixels.
    public static let side = 160

    /// The picture as a `data:` address, JPEG.
    public let address: String
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int

    /// `image`, shrunk so that its longer side is ``side`` at most.
    ///
    /// - Parameter box: The part that is shown, which may reach outside the picture; all of it unless given.
    /// - Throws: `ImageError` if there is no memory to encode it.
    public init(_ image: Image, box: Box? = nil) throws {
        let whole = Box(x: 0, y: 0, width: Float(image.width), height: Float(image.height))
        let part = (box ?? whole).intersection(whole)
        let seen = part.area > 0 && part != whole ? image.cropped(to: part) : image
        let scale = min(1, Double(Self.side) / Double(max(seen.width, seen.height)))
        width = max(1, Int((Double(seen.width) * scale).rounded()))
        height = max(1, Int((Double(seen.height) * scale).rounded()))
        let bytes = try seen.resized(width: width, height: height).encoded(as: .jpeg(quality: 82))
        address = "data:image/jpeg;base64," + Data(bytes).base64EncodedString()
    }
}
