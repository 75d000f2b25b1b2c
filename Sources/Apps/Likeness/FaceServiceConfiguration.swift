/// What a ``FaceService`` runs, and how it decides.
///
/// ```swift
/// var configuration = FaceServiceConfiguration(policy: .falseMatchRate(1e-4))
/// configuration.recognizer.model = "facenet-128"
/// configuration.recognizer.finder.detector = "mtcnn"
/// configuration.limits.pixels = 50_000_000
/// let service = try FaceService(configuration: configuration, store: store)
/// ```
public struct FaceServiceConfiguration: Sendable, Hashable {
    /// The networks: detector, embedding model, precision, threads. A gallery's faces are always embedded by the model that
    /// the gallery pins, whatever ``/Recognition/RecognizerConfiguration/model`` says.
    public var recognizer: RecognizerConfiguration
    /// The largest pictures that are read.
    public var limits: DecodingLimits
    /// How similarities become decisions, if a call doesn't say it.
    public var policy: DecisionPolicy

    /// A configuration; the defaults are those of the command `likeness`.
    public init(
        recognizer: RecognizerConfiguration = RecognizerConfiguration(), limits: DecodingLimits = DecodingLimits(),
        policy: DecisionPolicy = DecisionPolicy()
    ) {
        self.recognizer = recognizer
        self.limits = limits
        self.policy = policy
    }
}
