public import Foundation

/// One person of a gallery: `gallery show`.
public struct PersonRecord: Codable, Hashable, Sendable, Identifiable {
    /// Unique in the gallery, and never changed.
    public var id: String
    /// What the person is called; several people may share a name.
    public var name: String
    /// Notes that were given at enrollment.
    public var metadata: [String: String]
    /// How many templates the person has.
    public var templates: Int
    /// When the person was enrolled first; ISO 8601, in whole seconds.
    public var created: Date

    /// A record from its parts.
    public init(id: String, name: String, metadata: [String: String], templates: Int, created: Date) {
        self.id = id
        self.name = name
        self.metadata = metadata
        self.templates = templates
        self.created = created
    }
}
