public import Faces
public import Foundation

/// What a gallery is, apart from who is in it.
public struct GalleryInfo: Hashable, Codable, Sendable, Identifiable {
    /// Unique in the store, and never changed.
    public let id: Int64
    /// The gallery's name when this was read.
    public let name: String
    /// The model that the gallery pins: it takes no other's embeddings.
    public let model: ModelIdentity
    /// Numbers per embedding.
    public let dimension: Int
    /// When it was made, in whole milliseconds.
    public let created: Date

    /// How many numbers an embedding may have.
    public static let dimensions = 1...4096

    package static let nameOfGallery = "the gallery's name"

    /// Creates a gallery as a store keeps it.
    public init(id: Int64, name: String, model: ModelIdentity, dimension: Int, created: Date) {
        self.id = id
        self.name = name
        self.model = model
        self.dimension = dimension
        self.created = created
    }
}

/// How much a gallery holds.
public struct GallerySize: Hashable, Codable, Sendable {
    /// Persons.
    public let people: Int
    /// Templates of all persons.
    public let templates: Int

    /// Creates a size from its counts.
    public init(people: Int, templates: Int) {
        self.people = people
        self.templates = templates
    }

    /// Whether nobody is in the gallery.
    public var isEmpty: Bool { people == 0 && templates == 0 }

    /// Returns how often a probe of nobody in the gallery is taken for somebody: 1 − (1 − `rate`)^n, where `rate` is
    /// the false match rate of one comparison, the one that the threshold stands for, and n the number of comparisons.
    ///
    /// Comparisons with several templates of one person hang together, so the truth lies between n = persons
    /// (``FalseAlarms/byPeople``) and n = templates (``FalseAlarms/byTemplates``). Both rest on impostors as they are
    /// in the data behind the rate; a gallery of one family raises more alarms.
    ///
    /// - Parameter rate: 0...1.
    public func falseAlarms(falseMatchRate rate: Double) -> FalseAlarms {
        FalseAlarms(
            byPeople: FalseAlarms.rate(falseMatchRate: rate, comparisons: people),
            byTemplates: FalseAlarms.rate(falseMatchRate: rate, comparisons: templates))
    }

    /// Returns the false match rate of one comparison at which at most a part `falseAlarms` of such probes raises an
    /// alarm: 1 − (1 − a)^(1/n), with n = templates.
    ///
    /// Look its threshold up in the model's card.
    ///
    /// - Parameter falseAlarms: 0...1.
    public func falseMatchRate(falseAlarms: Double) -> Double {
        templates == 0 ? 1 : -expm1(log1p(-min(max(falseAlarms, 0), 1)) / Double(templates))
    }
}

/// The expected share of probes of strangers that are taken for somebody, 0...1 (FPIR of ISO/IEC 19795-1).
public struct FalseAlarms: Hashable, Codable, Sendable {
    /// As if each person were compared once: the least to expect.
    public let byPeople: Double
    /// As if every template were another person's: the most to expect.
    public let byTemplates: Double

    static func rate(falseMatchRate: Double, comparisons: Int) -> Double {
        comparisons == 0 ? 0 : -expm1(Double(comparisons) * log1p(-falseMatchRate))
    }
}
