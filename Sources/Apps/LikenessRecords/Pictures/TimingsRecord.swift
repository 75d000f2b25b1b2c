/// The duration of each stage for one picture, in seconds.
public struct TimingsRecord: Codable, Hashable, Sendable {
    /// Reading and decoding the file.
    public var decode: Double
    /// Finding faces.
    public var detect: Double
    /// Cropping the faces and measuring the conditions under which they are seen.
    public var align: Double
    /// Embedding the faces; 0 if nothing was embedded. If the faces of several pictures were embedded together, this
    /// picture's share.
    public var embed: Double

    /// Creates a record from its parts.
    public init(decode: Double, detect: Double, align: Double, embed: Double) {
        self.decode = decode
        self.detect = detect
        self.align = align
        self.embed = embed
    }
}
