public import Faces
import Pixels

/// A region of a face; left and right are as seen in the image.
public enum FaceRegion: String, Codable, Sendable, Hashable, CaseIterable {
    /// The region above the brows, up to the hairline.
    case forehead
    /// The brow on the image's left, with the upper fold of the lid.
    case leftBrow
    /// The brow on the image's right.
    case rightBrow
    /// The eye on the image's left.
    case leftEye
    /// The eye on the image's right.
    case rightEye
    /// The region from between the eyes to below the nostrils.
    case nose
    /// Both lips and their surroundings.
    case mouth
    /// The cheek on the image's left, with the temple and the side of the jaw.
    case leftCheek
    /// The cheek on the image's right.
    case rightCheek
    /// The region below the lips.
    case chin
    /// Everything outside the face: hair, ears, neck, clothes, background.
    case surroundings

    /// The name in words, such as `left eye`.
    public var name: String {
        switch self {
        case .leftBrow: "left brow"
        case .rightBrow: "right brow"
        case .leftEye: "left eye"
        case .rightEye: "right eye"
        case .leftCheek: "left cheek"
        case .rightCheek: "right cheek"
        case .forehead, .nose, .mouth, .chin, .surroundings: rawValue
        }
    }
}

/// The region of each cell of the grid, derived from the five landmarks alone.
///
/// The face is an ellipse around a point below the eyes, 2.2 times as wide and 2.8 times as high as the distance
/// between the eyes. These are the width and height of a head without hair and ears, relative to the distance of its
/// pupils (Farkas, *Anthropometry of the Head and Face*, 1994). For a face turned away, the distance between eyes and
/// mouth replaces the distance between the eyes.
public struct FaceRegions: Hashable, Sendable {
    /// The region that contains each cell's center, row by row.
    public let regions: [FaceRegion]

    /// Creates the regions of an aligned face.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks coincide.
    public init(of face: AlignedFace) throws {
        try self.init(landmarks: face.landmarks, side: Float(face.image.width))
    }

    /// Creates the regions of a square of `side` pixels in which a face has these landmarks.
    ///
    /// - Throws: `FaceError.degenerateLandmarks` if the landmarks coincide.
    public init(landmarks: Landmarks, side: Float) throws {
        let frame = try FaceFrame(landmarks)
        let cell = side / Float(CellMap.side)
        regions = (0..<CellMap.count).map { index in
            let column = Float(index % CellMap.side), row = Float(index / CellMap.side)
            return frame.region(at: Point(x: (column + 0.5) * cell - 0.5, y: (row + 0.5) * cell - 0.5))
        }
    }

    /// The cells of the face: all except the surroundings.
    public var face: [Int] { regions.indices.filter { regions[$0] != .surroundings } }

    /// Returns the cells of one region.
    public func cells(of region: FaceRegion) -> [Int] { regions.indices.filter { regions[$0] == region } }
}

/// Coordinates that rotate and scale with the face: the origin between the eyes, x along them, y down to the mouth, in
/// units of the distance between the eyes.
private struct FaceFrame {
    private let origin: Point
    private let down: Point
    private let unit: Float
    /// The landmarks in these coordinates.
    private let landmarks: Landmarks

    /// The distance of the mouth below the eyes, in units, in the mean face of ArcFace's template.
    private static let mouthDepth: Float = 1.155

    init(_ landmarks: Landmarks) throws {
        let points = landmarks.points
        let eyes = Self.middle(points[0], points[1]), mouth = Self.middle(points[3], points[4])
        let depth = Self.distance(eyes, mouth)
        unit = max(Self.distance(points[0], points[1]), depth / Self.mouthDepth)
        guard unit.isFinite, depth > 0 else { throw FaceError.degenerateLandmarks }
        let down = Point(x: (mouth.x - eyes.x) / depth, y: (mouth.y - eyes.y) / depth)
        (origin, self.down) = (eyes, down)
        let unit = unit
        self.landmarks = landmarks.mapped { Self.place($0, eyes, down, unit) }
    }

    func region(at point: Point) -> FaceRegion {
        let place = Self.place(point, origin, down, unit)
        let across = place.x / 1.1, along = (place.y - 0.5) / 1.4
        guard across * across + along * along <= 1 else { return .surroundings }
        return feature(at: place) ?? skin(at: place)
    }

    /// Returns the feature at a place: eyes, brows, nose or mouth.
    private func feature(at place: Point) -> FaceRegion? {
        for (eye, names) in [
            (landmarks.leftEye, (FaceRegion.leftEye, FaceRegion.leftBrow)),
            (landmarks.rightEye, (.rightEye, .rightBrow)),
        ] {
            let dx = abs(place.x - eye.x), dy = place.y - eye.y
            if dx <= 0.36, abs(dy) <= 0.2 { return names.0 }
            if dx <= 0.45, dy < -0.2, dy >= -0.55 { return names.1 }
        }
        let lips = (landmarks.leftMouth.y + landmarks.rightMouth.y) / 2
        let corners = (
            min(landmarks.leftMouth.x, landmarks.rightMouth.x), max(landmarks.leftMouth.x, landmarks.rightMouth.x)
        )
        if abs(place.y - lips) <= 0.25, place.x >= corners.0 - 0.12, place.x <= corners.1 + 0.12 { return .mouth }
        let bridge =
            landmarks.nose.y > 0 ? min(max(place.y / landmarks.nose.y, 0), 1) * landmarks.nose.x : landmarks.nose.x
        let isNose = place.y >= -0.2 && place.y <= landmarks.nose.y + 0.25 && abs(place.x - bridge) <= 0.3
        return isNose ? .nose : nil
    }

    private func skin(at place: Point) -> FaceRegion {
        let lips = (landmarks.leftMouth.y + landmarks.rightMouth.y) / 2
        if place.y < -0.2, abs(place.x) < 0.9 { return .forehead }
        if place.y > lips + 0.25, abs(place.x) < 0.6 { return .chin }
        return place.x < landmarks.nose.x ? .leftCheek : .rightCheek
    }

    private static func place(_ point: Point, _ origin: Point, _ down: Point, _ unit: Float) -> Point {
        let dx = (point.x - origin.x) / unit, dy = (point.y - origin.y) / unit
        return Point(x: dx * down.y - dy * down.x, y: dx * down.x + dy * down.y)
    }

    private static func middle(_ a: Point, _ b: Point) -> Point { Point(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2) }

    private static func distance(_ a: Point, _ b: Point) -> Float {
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }
}
