/// The look at a picture that found a face.
public struct FaceLook: Sendable, Hashable, Codable {
    /// The kinds of looks.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The whole picture.
        case plain
        /// A part of the picture at a higher resolution, for small faces.
        case tile
        /// The picture brightened by a gamma (``AppliedEnhancement/gamma``).
        case gamma
        /// The picture with CLAHE (``AppliedEnhancement/clahe``).
        case clahe
        /// The picture turned by 90, 180 or 270 degrees.
        case turned
        /// Another detector's look at the picture: as it is, or with CLAHE (``AppliedEnhancement/clahe``).
        case detector
    }

    /// The kind of look.
    public let kind: Kind
    /// The name of the detector that found the face. Confidences are comparable only within one detector.
    public let detector: String
    /// The angle by which the face is turned clockwise in the picture: 90, 180 or 270 degrees if the picture had to be
    /// turned back by this angle to find it, otherwise 0.
    public let turned: Int

    /// Creates a look from its parts.
    public init(_ kind: Kind, detector: String, turned: Int = 0) {
        (self.kind, self.detector, self.turned) = (kind, detector, turned)
    }
}
