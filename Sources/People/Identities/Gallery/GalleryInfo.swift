public import Faces
public import Foundation

/// The properties of a gallery, without its people.
public struct GalleryInfo: Hashable, Codable, Sendable, Identifiable {
    /// The id, which is unique in the store and never changes.
    public let id: Int64
    /// The gallery's name at the time of reading.
    public let name: String
    /// The model of the gallery's embeddings.
    ///
    /// Embeddings of other models are refused.
    public let model: ModelIdentity
    /// The number of values per embedding.
    public let dimension: Int
    /// The time of creation, in whole milliseconds.
    public let created: Date

    /// The valid numbers of values per embedding.
    public static let dimensions = 1...4096

    package static let nameOfGallery = "the gallery's name"

    /// Creates properties, for stores.
    public init(id: Int64, name: String, model: ModelIdentity, dimension: Int, created: Date) {
        self.id = id
        self.name = name
        self.model = model
        self.dimension = dimension
        self.created = created
    }
}

/// The numbers of people and templates in a gallery.
public struct GallerySize: Hashable, Codable, Sendable {
    /// The number of people.
    public let people: Int
    /// The number of templates of all people.
    public let templates: Int

    /// Creates a size from its counts.
    public init(people: Int, templates: Int) {
        self.people = people
        self.templates = templates
    }

    /// Whether the gallery is empty.
    public var isEmpty: Bool { people == 0 && templates == 0 }

    /// Returns the expected rate of false alarms for people who are not in the gallery: 1 − (1 − `rate`)^n, where n is
    /// the number of comparisons.
    ///
    /// Comparisons with several templates of one person are correlated, so the true rate is between n = people
    /// (``FalseAlarms/byPeople``) and n = templates (``FalseAlarms/byTemplates``). Both assume impostors like those on
    /// whom the false match rate was measured; in a gallery of one family, there are more false alarms.
    ///
    /// - Parameter rate: The false match rate of one comparison at the threshold, 0...1.
    public func falseAlarms(falseMatchRate rate: Double) -> FalseAlarms {
        FalseAlarms(
            byPeople: FalseAlarms.rate(falseMatchRate: rate, comparisons: people),
            byTemplates: FalseAlarms.rate(falseMatchRate: rate, comparisons: templates))
    }

    /// Returns the false match rate of one comparison at which at most a share a = `falseAlarms` of such probes causes
    /// a false alarm: 1 − (1 − a)^(1/n), with n = templates. The model's card states the threshold for it.
    ///
    /// - Parameter falseAlarms: The share of false alarms, 0...1.
    public func falseMatchRate(falseAlarms: Double) -> Double {
        templates == 0 ? 1 : -expm1(log1p(-min(max(falseAlarms, 0), 1)) / Double(templates))
    }
}

/// The expected share of strangers' probes that are identified as someone, 0...1 (FPIR of ISO/IEC 19795-1).
public struct FalseAlarms: Hashable, Codable, Sendable {
    /// The lower bound: as if each person were compared once.
    public let byPeople: Double
    /// The upper bound: as if every template belonged to a different person.
    public let byTemplates: Double

    static func rate(falseMatchRate: Double, comparisons: Int) -> Double {
        comparisons == 0 ? 0 : -expm1(Double(comparisons) * log1p(-falseMatchRate))
    }
}
