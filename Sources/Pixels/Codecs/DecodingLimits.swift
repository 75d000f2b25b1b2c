/// What a picture may cost, checked before it is decoded.
///
/// A file of a few kilobytes can claim thousands of megapixels; what it claims is read first and refused here.
public struct DecodingLimits: Hashable, Codable, Sendable {
    /// The most pixels, width times height.
    public var pixels: Int
    /// The largest file, in bytes.
    public var bytes: Int
    /// The most scans of a progressive JPEG; each costs a pass over the whole picture. Sound files have about 10.
    public var scans: Int

    /// 40 megapixels, 64 MiB and 64 scans unless told otherwise; each at least 1.
    public init(pixels: Int = 40_000_000, bytes: Int = 64 << 20, scans: Int = 64) {
        precondition(pixels > 0 && bytes > 0 && scans > 0, "a limit is at least 1")
        self.pixels = pixels
        self.bytes = bytes
        self.scans = scans
    }

    /// 40 megapixels, 64 MiB and 64 scans.
    public static let standard = DecodingLimits()
}
