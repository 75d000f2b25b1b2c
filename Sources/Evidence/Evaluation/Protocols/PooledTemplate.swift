/// A picture of a template, for pooling.
public struct TemplatePicture: Sendable {
    /// The name of its template.
    public var template: String
    /// The person in it.
    public var subject: String
    /// The video or still that it comes from; `nil` for a separate still.
    ///
    /// Frames of one video are similar, and together count as one still.
    public var media: String?
    /// The embedding, of unit length; `nil` if the picture has no face.
    public var embedding: [Float]?
    /// The picture's weight within its media, 0 or more: a quality, or 1 for equal weights.
    public var weight: Double

    /// Creates a picture from its parts.
    public init(
        template: String, subject: String, media: String? = nil, embedding: [Float]?, weight: Double = 1
    ) {
        self.template = template
        self.subject = subject
        self.media = media
        self.embedding = embedding
        self.weight = weight
    }
}

/// A template: several pictures of a person as one vector, the unit of comparison in IJB-C.
///
/// Maze et al., *IARPA Janus Benchmark – C: Face dataset and protocol*, 2018. Frames are averaged by weight within
/// their media. Then media are averaged, each with the mean weight of its pictures, and the sum is normalized to unit
/// length. With weights of 1, this is the media-balanced pooling of the usual IJB scripts.
public struct PooledTemplate: Hashable, Sendable {
    /// The template's name.
    public let name: String
    /// The person in it.
    public let subject: String
    /// The vector, of unit length; `nil` if no picture has a face and a weight above 0, which is a failure to enroll
    /// and never matches.
    public let values: [Float]?
    /// The number of pooled pictures.
    public let pictures: Int

    /// Pools pictures by their templates, in the order of the templates' first pictures.
    ///
    /// - Throws: ``EvaluationError/invalidWeight(picture:)`` for a weight that is negative or not finite;
    ///   ``EvaluationError/invalidEmbedding(row:)`` for an embedding that does not have unit length or differs in
    ///   length from the first one; ``EvaluationError/mixedTemplate(_:)`` if a template has two subjects;
    ///   ``EvaluationError/degenerateTemplate(_:)`` if the pictures cancel out.
    public static func pooled(_ pictures: [TemplatePicture]) throws(EvaluationError) -> [PooledTemplate] {
        var groups: [[TemplatePicture]] = [], places: [String: Int] = [:]
        let dimension = pictures.lazy.compactMap(\.embedding).first?.count ?? 0
        for (index, picture) in pictures.enumerated() {
            guard picture.weight >= 0, picture.weight < .infinity else { throw .invalidWeight(picture: index) }
            if let embedding = picture.embedding {
                guard embedding.count == dimension, dimension > 0 else { throw .invalidEmbedding(row: index) }
                let squares = embedding.reduce(0.0) { $0 + Double($1) * Double($1) }
                guard abs(squares - 1) < 1e-3 else { throw .invalidEmbedding(row: index) }
            }
            if let place = places[picture.template] {
                guard groups[place].first?.subject == picture.subject else { throw .mixedTemplate(picture.template) }
                groups[place].append(picture)
            } else {
                places[picture.template] = groups.count
                groups.append([picture])
            }
        }
        var templates: [PooledTemplate] = []
        for group in groups { if let template = try PooledTemplate(group) { templates.append(template) } }
        return templates
    }

    /// Pools the pictures of one template.
    private init?(_ pictures: [TemplatePicture]) throws(EvaluationError) {
        guard let first = pictures.first else { return nil }
        name = first.template
        subject = first.subject
        var media: [[(embedding: [Float], weight: Double)]] = [], places: [String: Int] = [:]
        for picture in pictures {
            guard let embedding = picture.embedding, picture.weight > 0 else { continue }
            if let name = picture.media, let place = places[name] {
                media[place].append((embedding, picture.weight))
                continue
            }
            if let name = picture.media { places[name] = media.count }
            media.append([(embedding, picture.weight)])
        }
        self.pictures = media.reduce(0) { $0 + $1.count }
        guard let dimension = media.first?.first?.embedding.count else {
            values = nil
            return
        }
        var sum = Array(repeating: 0.0, count: dimension)
        for frames in media {
            // Σ w f / Σ w, times the mean weight Σ w / n, is Σ w f / n.
            for frame in frames {
                for index in sum.indices {
                    sum[index] += frame.weight * Double(frame.embedding[index]) / Double(frames.count)
                }
            }
        }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 1e-9 * media.reduce(0, { $0 + ($1.first?.weight ?? 0) }) else {
            throw .degenerateTemplate(first.template)
        }
        values = sum.map { Float($0 / length) }
    }

    /// Compares templates by name: the template-based 1:1 protocol.
    ///
    /// - Parameters:
    ///   - pairs: The names of the templates to compare. A pair is mated if both have the same subject.
    ///   - templates: The templates.
    /// - Throws: ``EvaluationError/unknownTemplate(_:)``
    public static func comparisons(
        of pairs: [(String, String)], among templates: [PooledTemplate]
    ) throws(EvaluationError) -> [Comparison] {
        let places = Dictionary(templates.enumerated().map { ($1.name, $0) }) { first, _ in first }
        var comparisons: [Comparison] = []
        comparisons.reserveCapacity(pairs.count)
        for (nameA, nameB) in pairs {
            guard let a = places[nameA] else { throw .unknownTemplate(nameA) }
            guard let b = places[nameB] else { throw .unknownTemplate(nameB) }
            comparisons.append(templates[a].comparison(with: templates[b]))
        }
        return comparisons
    }

    /// Returns the comparison of two templates, with their cosine; without a similarity if one failed to enroll.
    public func comparison(with other: PooledTemplate) -> Comparison {
        var similarity: Float?
        if let values, let others = other.values {
            var sum: Float = 0
            for index in values.indices { sum += values[index] * others[index] }
            similarity = min(max(sum, -1), 1)
        }
        return Comparison(
            similarity: similarity, isMated: subject == other.subject, personA: subject, personB: other.subject)
    }
}
