public import Datasets
import Faces
import LikenessSupport
public import Recognition

/// The principal components of a model's embeddings, fitted to pictures of people: the simplest way to bring joined
/// embeddings of several networks to fewer numbers.
///
/// ```swift
/// let fit = try await ComponentsFit(pictures, count: 128, reading: reading, by: recognizer)
/// print(fit.pictures, fit.shares.reduce(0, +))   // the share of the variance that 128 numbers keep
/// ```
public struct ComponentsFit: Sendable {
    /// The networks and settings, and the pictures that were left out.
    public let conditions: MeasurementConditions
    /// The number of pictures with a face.
    public let pictures: Int
    /// The number of people.
    public let people: Int
    /// The number of pictures that have no face or can't be read.
    public let failedImages: Int
    /// The mean embedding.
    public let mean: [Float]
    /// The components, each of length 1, in the order of decreasing variance.
    public let components: [[Float]]
    /// The share of the variance in each component, 0...1.
    public let shares: [Double]
    /// Notes on the pictures.
    public let notes: PictureNotes

    /// Embeds a face of each picture and computes the first `count` principal components.
    ///
    /// - Throws: ``MeasurementError/tooManyComponents(_:most:reason:)``; ``MeasurementError``; errors of the engine.
    public init(
        _ pictures: [IdentityList.Picture], count: Int, reading: PictureReading, by recognizer: Recognizer
    ) async throws {
        let dimension = recognizer.embedder.dimension
        guard (1...dimension).contains(count) else {
            throw MeasurementError.tooManyComponents(
                count, most: dimension, reason: "an embedding of the model has \(dimension) numbers")
        }
        let people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        let rows = people.rows(people.labels.indices)
        reading.observer.observe(.embedded(faces: rows.labels.count, withoutFace: people.withoutFace))
        // Vectors span at most one direction less than there are vectors.
        guard rows.labels.count > count else {
            throw MeasurementError.tooManyComponents(
                count, most: max(rows.labels.count - 1, 0),
                reason: "there are only \(counted(rows.labels.count, "picture")) with a face")
        }
        let found = PrincipalComponents(of: rows.values, dimension: dimension, count: count)
        conditions = MeasurementConditions(recognizer, face: reading.selection, people.notes)
        (self.pictures, self.people) = (rows.labels.count, Set(rows.labels).count)
        (failedImages, notes, shares) = (people.failed, people.notes, found.shares)
        mean = found.mean.map(Float.init)
        components = found.directions.map { $0.map(Float.init) }
    }
}
