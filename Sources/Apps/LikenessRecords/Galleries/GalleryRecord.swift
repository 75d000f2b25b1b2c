public import Foundation

/// One gallery of a store: `gallery list`.
public struct GalleryRecord: Codable, Hashable, Sendable {
    /// The gallery's name.
    public var gallery: String
    /// The name and the version of weights and preprocessing of the model of its embeddings.
    public var model: String
    /// The dimension of its embeddings.
    public var dimension: Int
    /// The number of people.
    public var people: Int
    /// The number of templates of all people.
    public var templates: Int
    /// The time of creation; ISO 8601, in whole seconds.
    public var created: Date

    /// Creates a record from its parts.
    public init(gallery: String, model: String, dimension: Int, people: Int, templates: Int, created: Date) {
        self.gallery = gallery
        self.model = model
        self.dimension = dimension
        self.people = people
        self.templates = templates
        self.created = created
    }
}
