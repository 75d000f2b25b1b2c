public import Faces
public import Pixels

/// An alteration of pictures in memory before they are analyzed, such as added noise. Altered pictures are not stored;
/// only their embeddings may be.
public struct PictureAlteration: Sendable {
    /// The identity of this alteration, different from that of every other alteration. Cached embeddings of altered
    /// pictures are stored under it.
    public let identity: String
    /// Whether the alteration needs the position of the face. If so, a picture in which no face is found is not
    /// altered, and no face counts as found in it.
    public let needsFace: Bool
    /// Alters a picture. The arguments are the picture, its face if ``needsFace`` is true, and a seed derived from the
    /// picture's content, so that a picture is altered in the same way whichever list it is in.
    let apply: @Sendable (Image, Landmarks?, UInt64) throws -> Image

    /// Creates an alteration from its parts.
    public init(
        identity: String, needsFace: Bool = false,
        apply: @escaping @Sendable (_ picture: Image, _ face: Landmarks?, _ seed: UInt64) throws -> Image
    ) {
        (self.identity, self.needsFace, self.apply) = (identity, needsFace, apply)
    }
}
