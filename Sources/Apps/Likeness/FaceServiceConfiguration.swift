/// The configuration of a ``FaceService``: the networks to run, and how similarities become decisions.
///
/// ```swift
/// var configuration = FaceServiceConfiguration(policy: .falseMatchRate(1e-4))
/// configuration.recognizer.model = "facenet-128"
/// configuration.recognizer.finder.detector = "mtcnn"
/// configuration.limits.pixels = 50_000_000
/// let service = try FaceService(configuration: configuration, store: store)
/// ```
public struct FaceServiceConfiguration: Sendable, Hashable {
    /// The networks: detector, embedding model, precision, threads. For a gallery, the gallery's own model is always
    /// used instead of ``/Recognition/RecognizerConfiguration/model``.
    public var recognizer: RecognizerConfiguration
    /// The limits on the size of pictures.
    public var limits: DecodingLimits
    /// The policy for decisions if a call doesn't specify one.
    public var policy: DecisionPolicy

    /// Creates a configuration. The defaults are those of the command `likeness`.
    public init(
        recognizer: RecognizerConfiguration = RecognizerConfiguration(), limits: DecodingLimits = DecodingLimits(),
        policy: DecisionPolicy = DecisionPolicy()
    ) {
        self.recognizer = recognizer
        self.limits = limits
        self.policy = policy
    }
}
