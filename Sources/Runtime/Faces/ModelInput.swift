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
    public enum Normalization: String, Codable, Sendable, Hashable {
        /// (value − mean) × scale for each channel, values 0...255.
        case fixed
        /// (value − the crop's mean) / max(the crop's deviation, 1 / √count), over all channels: FaceNet's
        /// 'prewhitening'.
        case whitening
    }

    /// The tensor's name in the file.
    public var name: String
    /// Columns; `nil` if any size will do.
    public var width: Int?
    /// Rows; `nil` if any size will do.
    public var height: Int?
    /// The order of the axes.
    public var layout: Layout
    /// The order of the channels.
    public var channels: Channels
    /// What is done to the values.
    public var normalization: Normalization
    /// What is taken off each channel, in the order of ``channels``; absent with whitening.
    public var mean: [Float]?
    /// What each channel is then multiplied with; absent with whitening.
    public var scale: [Float]?
    /// What else is to be known.
    public var note: String?
}
