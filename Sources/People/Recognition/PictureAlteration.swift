public import Faces
public import Pixels

/// What is done to pictures in memory before they are analyzed, such as noise: no altered picture is kept, only what was
/// embedded of it.
public struct PictureAlteration: Sendable {
    /// What tells it from every other alteration; embeddings of altered pictures are kept under it.
    public let identity: String
    /// Whether it must know where the face is. A picture in which none is found then has none altered either.
    public let needsFace: Bool
    /// Alters a picture: the picture, its face where ``needsFace`` says so, and a seed that follows from the picture's
    /// content, so that a picture is altered in the same way in whatever list it is.
    let apply: @Sendable (Image, Landmarks?, UInt64) throws -> Image

    /// An alteration from its parts.
    public init(
        identity: String, needsFace: Bool = false,
        apply: @escaping @Sendable (_ picture: Image, _ face: Landmarks?, _ seed: UInt64) throws -> Image
    ) {
        (self.identity, self.needsFace, self.apply) = (identity, needsFace, apply)
    }
}
