/// How faces are found and embedded: which networks run, and how.
public struct RecognizerConfiguration: Codable, Sendable, Hashable {
    /// The embedder that runs if none is named.
    public static let defaultModel = "sface"

    /// How faces are found.
    public var finder: FaceFinderConfiguration
    /// The embedder's name, as its card has it.
    public var model: String
    /// Embeds the mirrored face too and averages: twice the time of embedding.
    public var averagesMirrored: Bool

    /// A configuration; the defaults suit one picture at a time.
    public init(
        finder: FaceFinderConfiguration = FaceFinderConfiguration(),
        model: String = RecognizerConfiguration.defaultModel, averagesMirrored: Bool = false
    ) {
        self.finder = finder
        self.model = model
        self.averagesMirrored = averagesMirrored
    }
}
