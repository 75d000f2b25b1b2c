/// The conversion of pixels to a network's input.
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

    /// The normalization of the values.
    public enum Normalization: String, Codable, Sendable, Hashable {
        /// (value − mean) × scale for each channel; values are 0...255.
        case fixed
        /// (value − the crop's mean) / max(the crop's deviation, 1 / √count), over all channels: FaceNet's
        /// "prewhitening".
        case whitening
    }

    /// The tensor's name in the file.
    public var name: String
    /// The number of columns; `nil` for any size.
    public var width: Int?
    /// The number of rows; `nil` for any size.
    public var height: Int?
    /// The order of the axes.
    public var layout: Layout
    /// The order of the channels.
    public var channels: Channels
    /// The normalization of the values.
    public var normalization: Normalization
    /// The mean subtracted from each channel, in the order of ``channels``; absent with whitening.
    public var mean: [Float]?
    /// The factor of each channel after the subtraction; absent with whitening.
    public var scale: [Float]?
    /// Further remarks.
    public var note: String?

    /// Creates an input from its parts.
    public init(
        name: String, width: Int?, height: Int?, layout: Layout, channels: Channels, normalization: Normalization,
        mean: [Float]? = nil, scale: [Float]? = nil, note: String? = nil
    ) {
        (self.name, self.width, self.height) = (name, width, height)
        (self.layout, self.channels) = (layout, channels)
        (self.normalization, self.mean, self.scale) = (normalization, mean, scale)
        self.note = note
    }
}
