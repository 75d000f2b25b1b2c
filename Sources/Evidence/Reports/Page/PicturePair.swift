import Foundation
public import Pixels

/// Two compared pictures, for inspection.
public struct PicturePair: Hashable, Sendable {
    /// A picture with its thumbnail.
    public struct Picture: Hashable, Sendable {
        /// The picture's name in the list.
        public var name: String
        /// The thumbnail; `nil` if the picture can't be read.
        public var thumbnail: Thumbnail?

        /// Creates a picture from its name and thumbnail.
        public init(name: String, thumbnail: Thumbnail?) { (self.name, self.thumbnail) = (name, thumbnail) }
    }

    /// The first picture.
    public var first: Picture
    /// The second picture.
    public var second: Picture
    /// The lines below the pictures, the most important first.
    public var captions: [String]

    /// Creates a pair of pictures with captions.
    public init(first: Picture, second: Picture, captions: [String]) {
        (self.first, self.second, self.captions) = (first, second, captions)
    }
}

/// A small picture that is embedded in a page.
public struct Thumbnail: Hashable, Sendable {
    /// The longer side, in pixels.
    public static let side = 160

    /// The picture as a `data:` URL, JPEG.
    public let address: String
    /// The number of columns.
    public let width: Int
    /// The number of rows.
    public let height: Int

    /// Creates a thumbnail of `image`, shrunk so that its longer side is at most ``side``.
    ///
    /// - Parameters:
    ///   - image: The picture.
    ///   - box: The part that is shown, which may reach outside the picture; by default all of it.
    /// - Throws: `ImageError` if there is not enough memory to encode it.
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
