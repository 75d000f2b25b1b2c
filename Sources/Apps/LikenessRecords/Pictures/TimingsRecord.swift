/// How long each stage of one picture took, in seconds.
public struct TimingsRecord: Codable, Hashable, Sendable {
    /// Reading and decoding the file.
    public var decode: Double
    /// Finding faces.
    public var detect: Double
    /// Cutting faces out and measuring how they are seen.
    public var align: Double
    /// Embedding faces; 0 if nothing was embedded. If faces of several pictures were embedded together, this
    /// picture's share.
    public var embed: Double

    /// A record from its parts.
    public init(decode: Double, detect: Double, align: Double, embed: Double) {
        self.decode = decode
        self.detect = detect
        self.align = align
        self.embed = embed
    }
}
