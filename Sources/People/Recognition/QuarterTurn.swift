import Faces
import Pixels

/// A turn of a picture by 90, 180 or 270 degrees, so that faces in it that are turned the other way become upright.
enum QuarterTurn: Int, CaseIterable {
    /// The turns in the order in which they are tried. Their values are the angles, clockwise.
    case right = 90, left = 270, over = 180

    private var orientation: Orientation {
        switch self {
        case .right: .right
        case .left: .left
        case .over: .down
        }
    }

    /// The angle by which faces that become upright are turned clockwise in the picture.
    var faceAngle: Int { (360 - rawValue) % 360 }

    /// Returns `image` turned.
    func turning(_ image: Image) -> Image { image.oriented(orientation) }

    /// Converts a face from the pixels of the turned picture to those of the picture as it was, with its width and
    /// height. The names of the landmarks stay those of the upright face.
    func turningBack(_ face: Face, width: Int, height: Int) -> Face {
        let width = Float(width), height = Float(height)
        func back(_ point: Point) -> Point {
            switch self {
            case .right: Point(x: point.y, y: height - point.x)
            case .left: Point(x: width - point.y, y: point.x)
            case .over: Point(x: width - point.x, y: height - point.y)
            }
        }
        let box = face.box
        let first = back(Point(x: box.x, y: box.y))
        let last = back(Point(x: box.x + box.width, y: box.y + box.height))
        return Face(
            box: Box(
                x: min(first.x, last.x), y: min(first.y, last.y), width: abs(first.x - last.x),
                height: abs(first.y - last.y)),
            confidence: face.confidence, landmarks: face.landmarks.mapped(back))
    }
}
