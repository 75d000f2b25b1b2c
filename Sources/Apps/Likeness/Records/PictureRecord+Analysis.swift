import Faces
public import LikenessRecords
public import Recognition

extension PictureRecord {
    /// Creates the record of a picture whose faces were found.
    public init(image: String, found: FoundFaces, finder: FaceFinder) {
        self.init(
            image: image, width: found.width, height: found.height, detector: finder.detector.name,
            precision: finder.precision, enhancement: found.enhancement.rawValue,
            remarks: RemarkRecord.all(found.remarks), timings: TimingsRecord(found.durations),
            faces: found.faces.map { FaceRecord($0.face, context: $0.context, look: $0.look) })
    }

    /// Creates the record of a picture whose faces were found and embedded.
    public init(image: String, analysis: Analysis, recognizer: Recognizer) {
        self.init(
            image: image, width: analysis.width, height: analysis.height, detector: recognizer.finder.detector.name,
            precision: recognizer.precision, enhancement: analysis.enhancement.rawValue,
            remarks: RemarkRecord.all(analysis.remarks), timings: TimingsRecord(analysis.durations),
            faces: analysis.faces.map { FaceRecord($0) })
    }

    /// Creates the record of a picture that failed.
    public init(image: String, error: any Error) { self.init(image: image, error: ErrorRecord(error)) }
}
