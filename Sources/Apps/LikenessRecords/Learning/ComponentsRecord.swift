/// The principal components of a model's embeddings: `components`.
public struct ComponentsRecord: Codable, Hashable, Sendable {
    /// The model with its weights and version.
    public var model: String
    /// The precision in which it ran: `f32` or `bf16`.
    public var precision: String
    /// The face detector.
    public var detector: String
    /// The number of pictures with a face.
    public var pictures: Int
    /// The number of people.
    public var people: Int
    /// The number of pictures that have no face or can't be read.
    public var failedImages: Int
    /// The share of the variance in all components together, 0...1.
    public var share: Double
    /// The share of the variance in each component, 0...1.
    public var shares: [Double]
    /// The mean embedding.
    public var mean: [Float]
    /// The components, each of length 1, in the order of decreasing variance.
    public var components: [[Float]]

    /// Creates a record from its parts.
    public init(
        model: String, precision: String, detector: String, pictures: Int, people: Int, failedImages: Int,
        shares: [Double], mean: [Float], components: [[Float]]
    ) {
        self.model = model
        self.precision = precision
        self.detector = detector
        self.pictures = pictures
        self.people = people
        self.failedImages = failedImages
        share = shares.reduce(0, +)
        self.shares = shares
        self.mean = mean
        self.components = components
    }
}
