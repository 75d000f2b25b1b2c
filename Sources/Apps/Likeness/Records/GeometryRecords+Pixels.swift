public import Faces
public import LikenessRecords
public import Pixels

extension PointRecord {
    /// A point of a picture.
    public init(_ point: Point) { self.init(x: point.x, y: point.y) }
}

extension BoxRecord {
    /// A face's box.
    public init(_ box: Box) { self.init(x: box.x, y: box.y, width: box.width, height: box.height) }
}

extension LandmarksRecord {
    /// A face's landmarks.
    public init(_ landmarks: Landmarks) {
        self.init(
            leftEye: PointRecord(landmarks.leftEye), rightEye: PointRecord(landmarks.rightEye),
            nose: PointRecord(landmarks.nose), leftMouth: PointRecord(landmarks.leftMouth),
            rightMouth: PointRecord(landmarks.rightMouth))
    }
}
