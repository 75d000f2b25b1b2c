/// What a ``FaceService`` runs, and how it decides.
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
