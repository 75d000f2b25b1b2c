/// The results of a model on pairs of templates: `evaluate templates`.
public struct TemplatesEvaluationRecord: Codable, Hashable, Sendable {
    /// The number of templates.
    public var templates: Int
    /// The number of pictures. A picture in two templates counts twice.
    public var pictures: Int
    /// The weight of each picture in its template: `equal`, `confidence`, `size` or `quality`.
    public var weight: String
    /// The results, with templates instead of pictures.
    public var figures: PairsEvaluationRecord

    /// Creates a record from its parts.
    public init(templates: Int, pictures: Int, weight: String, figures: PairsEvaluationRecord) {
        self.templates = templates
        self.pictures = pictures
        self.weight = weight
        self.figures = figures
    }

    private enum CodingKeys: String, CodingKey { case templates, pictures, weight }

    /// Reads the record, in which the fields of ``figures`` are on the same level as the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        templates = try container.decode(Int.self, forKey: .templates)
        pictures = try container.decode(Int.self, forKey: .pictures)
        weight = try container.decode(String.self, forKey: .weight)
        figures = try PairsEvaluationRecord(from: decoder)
    }

    /// Writes the record, with the fields of ``figures`` on the same level as the others.
    public func encode(to encoder: any Encoder) throws {
        try figures.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(templates, forKey: .templates)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(weight, forKey: .weight)
    }
}

/// A comparison of several models on pairs of templates: `evaluate templates --compare`.
public struct TemplatesComparisonRecord: Codable, Hashable, Sendable {
    /// The number of templates.
    public var templates: Int
    /// The number of pictures. A picture in two templates counts twice.
    public var pictures: Int
    /// The weight of each picture in its template: `equal`, `confidence`, `size` or `quality`.
    public var weight: String
    /// The results of each model, in the order given.
    public var models: [PairsEvaluationRecord]
    /// The comparisons of the first model with each of the others.
    public var comparisons: [PairsContrastRecord]

    /// Creates a record from its parts.
    public init(
        templates: Int, pictures: Int, weight: String, models: [PairsEvaluationRecord],
        comparisons: [PairsContrastRecord]
    ) {
        self.templates = templates
        self.pictures = pictures
        self.weight = weight
        self.models = models
        self.comparisons = comparisons
    }
}
