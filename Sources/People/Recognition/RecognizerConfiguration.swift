/// The configuration of face detection and embedding: which networks run, and how.
public struct RecognizerConfiguration: Codable, Sendable, Hashable {
    /// The configuration of face detection.
    public var finder: FaceFinderConfiguration
    /// The embedder's name, as in its card; `nil` for the installation's default, ``Installation/defaultModel``.
    public var model: String?
    /// Whether the mirrored face is embedded too and the two embeddings are averaged. That doubles the time of
    /// embedding.
    public var averagesMirrored: Bool

    /// Creates a configuration. The defaults suit one picture at a time.
    public init(
        finder: FaceFinderConfiguration = FaceFinderConfiguration(),
        model: String? = nil, averagesMirrored: Bool = false
    ) {
        self.finder = finder
        self.model = model
        self.averagesMirrored = averagesMirrored
    }
}
