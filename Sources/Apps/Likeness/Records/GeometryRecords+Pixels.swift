public import Faces
public import LikenessRecords
public import Pixels

extension PointRecord {
    /// Creates the record of a point in a picture.
    public init(_ point: Point) { self.init(x: point.x, y: point.y) }
}

extension BoxRecord {
    /// Creates the record of a face's box.
    public init(_ box: Box) { self.init(x: box.x, y: box.y, width: box.width, height: box.height) }
}

extension LandmarksRecord {
    /// Creates the record of a face's landmarks.
    public init(_ landmarks: Landmarks) {
        self.init(
            leftEye: PointRecord(landmarks.leftEye), rightEye: PointRecord(landmarks.rightEye),
            nose: PointRecord(landmarks.nose), leftMouth: PointRecord(landmarks.leftMouth),
            rightMouth: PointRecord(landmarks.rightMouth))
    }
}
