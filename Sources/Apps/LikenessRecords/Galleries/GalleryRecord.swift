public import Foundation

/// One gallery of a store: `gallery list`.
public struct GalleryRecord: Codable, Hashable, Sendable {
    /// The gallery's name.
    public var gallery: String
    /// Name, weights and preprocessing of the model whose embeddings it holds.
    public var model: String
    /// Length of its embeddings.
    public var dimension: Int
    /// How many people.
    public var people: Int
    /// How many templates of them all.
    public var templates: Int
    /// When the gallery was made; ISO 8601, in whole seconds.
    public var created: Date

    /// A record from its parts.
    public init(gallery: String, model: String, dimension: Int, people: Int, templates: Int, created: Date) {
        self.gallery = gallery
        self.model = model
        self.dimension = dimension
        self.people = people
        self.templates = templates
        self.created = created
    }
}
