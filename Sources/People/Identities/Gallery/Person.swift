public import Faces
public import Foundation

/// A person in a gallery.
public struct Person: Hashable, Codable, Sendable, Identifiable {
    /// The id, which is unique in the gallery and never changes: a UUID unless another was given at enrollment.
    public let id: String
    /// The person's name; several people may have the same name.
    public let name: String
    /// Further data of the user's choice.
    public let metadata: [String: String]
    /// The time of the first enrollment, in whole milliseconds.
    public let created: Date
    /// The number of templates.
    public let templates: Int

    static let nameOfPerson = "the person's name"
    static let nameOfID = "the person's id"

    /// Creates a person, for stores.
    public init(id: String, name: String, metadata: [String: String], created: Date, templates: Int) {
        self.id = id
        self.name = name
        self.metadata = metadata
        self.created = created
        self.templates = templates
    }
}

/// The stored data of one enrolled face, without its embedding; the photograph is never stored.
public struct Template: Hashable, Codable, Sendable, Identifiable {
    /// The id, which is unique in the store and never reused.
    public let id: Int64
    /// The photograph's name or another label.
    public let label: String?
    /// A digest of the photograph, of the caller's choice.
    public let digest: String?
    /// The conditions under which the face was seen.
    public let context: ContextVector?
    /// The time of enrollment, in whole milliseconds.
    public let created: Date

    /// Creates a template, for stores.
    public init(id: Int64, label: String?, digest: String?, context: ContextVector?, created: Date) {
        self.id = id
        self.label = label
        self.digest = digest
        self.context = context
        self.created = created
    }
}
