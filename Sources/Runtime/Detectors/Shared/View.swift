import Faces
import Pixels

/// A picture as a network looks at it: shrunk, and with black around it where it needs that.
///
/// Its longest side, the black included, is never longer than asked for: what holds for pictures of that size holds for
/// every picture.
struct View {
    /// What the network sees.
    let image: Image
    /// The picture's columns and rows for each of the view's.
    private let scale: (x: Float, y: Float)
    /// The view's columns to the left of the picture, and its rows above it.
    private let margin: (x: Int, y: Int)

    /// `picture` with its longest side at most `longestSide`, and as it is where that is `nil`.
    ///
    /// - Parameter border: How wide the black around the picture is, in parts of its sides; it counts towards the
    ///   longest side.
    init(of picture: Image, longestSide: Int?, border: Float = 0) {
        func margin(_ length: Int) -> Int { Int(Float(length) * border) }
        var shrunk = picture
        var most: Int?
        if let longestSide, picture.size.longest + 2 * margin(picture.size.longest) > longestSide {
            shrunk = picture.shrunk(toLongestSide: max(Int(Float(longestSide) / (1 + 2 * border)), 1))
            most = longestSide
        }
        func margin(around length: Int) -> Int {
            // Rounding must not make the view a pixel longer than what was asked for.
            most.map { min(margin(length), ($0 - length) / 2) } ?? margin(length)
        }
        let across = margin(around: shrunk.width), down = margin(around: shrunk.height)
        self.margin = (across, down)
        scale = (Float(picture.width) / Float(shrunk.width), Float(picture.height) / Float(shrunk.height))
        image = across + down > 0 ? shrunk.padded(left: across, top: down, right: across, bottom: down) : shrunk
    }

    /// `face`, found in the view, in the picture's pixels.
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
