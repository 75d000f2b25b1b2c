/// The result for one picture of `detect`, `align`, `augment`, `embed` or `identify`: its faces, or the error.
///
/// A program reads the lines of `likeness detect --format jsonl` one by one:
///
/// ```swift
/// let decoder = JSONDecoder.likeness
/// for line in output.split(whereSeparator: \.isNewline) {
///     let picture = try decoder.decode(PictureRecord.self, from: Data(line.utf8))
///     if let error = picture.error { print("\(picture.image): \(error.message)") }
///     for face in picture.faces ?? [] {
///         print("\(picture.image): a face of \(face.box.width) × \(face.box.height) pixels")
///     }
/// }
/// ```
public struct PictureRecord: Codable, Hashable, Sendable {
    /// The picture's name, as given; each byte of a name that is not UTF-8 is written in the form `\xFF`.
    public var image: String
    /// The width in pixels, after the EXIF orientation was applied; absent if the picture failed.
    public var width: Int?
    /// The height in pixels, after the EXIF orientation was applied; absent if the picture failed.
    public var height: Int?
    /// The detector's name, such as `yunet`; absent if the picture failed.
    public var detector: String?
    /// The precision with which the networks ran: `f32`, `bf16`, `int8`; absent if the picture failed.
    public var precision: String?
    /// The enhancement of the picture in which the faces were found: `none`, `clahe` or `gamma`; absent if the picture
    /// failed.
    public var enhancement: String?
    /// Minor defects of the file that didn't prevent it from being read; absent if there are none.
    public var remarks: [RemarkRecord]?
    /// The duration of each stage; absent if the picture failed.
    public var timings: TimingsRecord?
    /// The faces, most confident first; empty if none were found, absent if the picture failed.
    public var faces: [FaceRecord]?
    /// The files written by `augment`; absent from other commands.
    public var altered: [AlteredRecord]?
    /// The error; absent if there is none.
    public var error: ErrorRecord?

    /// Creates a record from its parts.
    public init(
        image: String, width: Int? = nil, height: Int? = nil, detector: String? = nil, precision: String? = nil,
        enhancement: String? = nil, remarks: [RemarkRecord]? = nil, timings: TimingsRecord? = nil,
        faces: [FaceRecord]? = nil, altered: [AlteredRecord]? = nil, error: ErrorRecord? = nil
    ) {
        self.image = image
        self.width = width
        self.height = height
        self.detector = detector
        self.precision = precision
        self.enhancement = enhancement
        self.remarks = remarks
        self.timings = timings
        self.faces = faces
        self.altered = altered
        self.error = error
    }
}
