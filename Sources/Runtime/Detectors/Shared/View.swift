import Faces
import Pixels

/// A picture as a network's input: shrunk, and with a black border if needed.
///
/// Its longest side, including the border, never exceeds the requested one. Limits that hold for pictures of that size
/// therefore hold for every picture.
struct View {
    /// The network's input.
    let image: Image
    /// The picture's columns and rows per column and row of the view.
    private let scale: (x: Float, y: Float)
    /// The number of the view's columns to the left of the picture, and of rows above it.
    private let margin: (x: Int, y: Int)

    /// Creates a view of `picture` with its longest side at most `longestSide`; at full size if that is `nil`.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - longestSide: The longest side of the view, in pixels; `nil` for full size.
    ///   - border: The width of the black border, as a part of the picture's sides. It is included in the longest side.
    init(of picture: Image, longestSide: Int?, border: Float = 0) {
        func margin(_ length: Int) -> Int { Int(Float(length) * border) }
        var shrunk = picture
        var most: Int?
        if let longestSide, picture.size.longest + 2 * margin(picture.size.longest) > longestSide {
            shrunk = picture.shrunk(toLongestSide: max(Int(Float(longestSide) / (1 + 2 * border)), 1))
            most = longestSide
        }
        func margin(around length: Int) -> Int {
            // Rounding must not make the view longer than the requested side.
            most.map { min(margin(length), ($0 - length) / 2) } ?? margin(length)
        }
        let across = margin(around: shrunk.width), down = margin(around: shrunk.height)
        self.margin = (across, down)
        scale = (Float(picture.width) / Float(shrunk.width), Float(picture.height) / Float(shrunk.height))
        image = across + down > 0 ? shrunk.padded(left: across, top: down, right: across, bottom: down) : shrunk
    }

    /// Converts `face` from the view's pixels to the picture's.
    func inPicture(_ face: Face) -> Face {
        let (x, y) = scale, left = Float(margin.x), top = Float(margin.y)
        guard x != 1 || y != 1 || left != 0 || top != 0 else { return face }
        return Face(
            box: Box(
                x: (face.box.x - left) * x, y: (face.box.y - top) * y, width: face.box.width * x,
                height: face.box.height * y),
            confidence: face.confidence,
            landmarks: face.landmarks.mapped { Point(x: ($0.x - left) * x, y: ($0.y - top) * y) })
    }
}
