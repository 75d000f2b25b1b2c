public import Faces
public import Foundation

/// A person of a gallery.
public struct Person: Hashable, Codable, Sendable, Identifiable {
    /// Unique in the gallery, and never changed: a UUID unless another was given at enrollment.
    public let id: String
    /// What the person is called; several persons may share a name.
    public let name: String
    /// Whatever else is to be kept.
    public let metadata: [String: String]
    /// When the person was enrolled first, in whole milliseconds.
    public let created: Date
    /// How many templates the person has.
    public let templates: Int

    static let nameOfPerson = "the person's name"
    static let nameOfID = "the person's id"

    /// Creates a person as a store keeps it.
    public init(id: String, name: String, metadata: [String: String], created: Date, templates: Int) {
        self.id = id
        self.name = name
        self.metadata = metadata
        self.created = created
        self.templates = templates
    }
}

/// What is kept of one enrolled face beside its embedding; never the photograph.
public struct Template: Hashable, Codable, Sendable, Identifiable {
    /// Unique in the store, and never used again.
    public let id: Int64
    /// The photograph's name or another label.
    public let label: String?
    /// A digest of the photograph, as whoever enrolled it chose to make one.
    public let digest: String?
    /// How the face was seen.
    public let context: ContextVector?
    /// When it was enrolled, in whole milliseconds.
    public let created: Date

    /// Creates a template as a store keeps it.
    public init(id: Int64, label: String?, digest: String?, context: ContextVector?, created: Date) {
        self.id = id
        self.label = label
        self.digest = digest
        self.context = context
        self.created = created
    }
}
