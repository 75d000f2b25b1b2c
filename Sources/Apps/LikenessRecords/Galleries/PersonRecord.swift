public import Foundation

/// One person of a gallery: `gallery show`.
public struct PersonRecord: Codable, Hashable, Sendable, Identifiable {
    /// The id, which is unique in the gallery and never changes.
    public var id: String
    /// The person's name. Several people may have the same name.
    public var name: String
    /// The metadata given at enrollment.
    public var metadata: [String: String]
    /// The number of the person's templates.
    public var templates: Int
    /// The time of the person's first enrollment; ISO 8601, in whole seconds.
    public var created: Date

    /// Creates a record from its parts.
    public init(id: String, name: String, metadata: [String: String], templates: Int, created: Date) {
        self.id = id
        self.name = name
        self.metadata = metadata
        self.templates = templates
        self.created = created
    }
}
