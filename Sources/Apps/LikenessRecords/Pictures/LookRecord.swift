/// The look at a picture that found a face.
public struct LookRecord: Codable, Hashable, Sendable {
    /// The kind of look: `tile`, `gamma`, `clahe`, `turned` or `detector`; `plain` for the whole picture as it is.
    public var kind: String
    /// The detector that found the face.
    public var detector: String
    /// The angle by which the face is turned clockwise in the picture, in degrees: 0, 90, 180 or 270.
    public var turned: Int

    /// Creates a record from its parts.
    public init(kind: String, detector: String, turned: Int) {
        (self.kind, self.detector, self.turned) = (kind, detector, turned)
    }
}
