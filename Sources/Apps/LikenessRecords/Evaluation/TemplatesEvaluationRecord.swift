/// What a model says of pairs of templates: `evaluate templates`.
public struct TemplatesEvaluationRecord: Codable, Hashable, Sendable {
    /// How many templates.
    public var templates: Int
    /// How many pictures; one that is in two templates counts twice.
    public var pictures: Int
    /// By what a picture counts in its template: `equal`, `confidence` or `size`.
    public var weight: String
    /// The figures, of templates instead of pictures.
    public var figures: PairsEvaluationRecord

    /// A record from its parts.
    public init(templates: Int, pictures: Int, weight: String, figures: PairsEvaluationRecord) {
        self.templates = templates
        self.pictures = pictures
        self.weight = weight
        self.figures = figures
    }

    private enum CodingKeys: String, CodingKey { case templates, pictures, weight }

    /// Reads the record; the fields of ``figures`` stand beside the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        templates = try container.decode(Int.self, forKey: .templates)
        pictures = try container.decode(Int.self, forKey: .pictures)
        weight = try container.decode(String.self, forKey: .weight)
        figures = try PairsEvaluationRecord(from: decoder)
    }

    /// Writes the record; the fields of ``figures`` stand beside the others.
    public func encode(to encoder: any Encoder) throws {
        try figures.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(templates, forKey: .templates)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(weight, forKey: .weight)
    }
}

/// Several models on pairs of templates: `evaluate templates --compare`.
public struct TemplatesComparisonRecord: Codable, Hashable, Sendable {
    /// How many templates.
    public var templates: Int
    /// How many pictures; one that is in two templates counts twice.
    public var pictures: Int
    /// By what a picture counts in its template: `equal`, `confidence` or `size`.
    public var weight: String
    /// What each says, the first one first.
    public var models: [PairsEvaluationRecord]
    /// The first model with each other one.
    public var comparisons: [PairsContrastRecord]

    /// A record from its parts.
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
