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
    /// The most memory for one picture's pixels and what its decoder must keep of it, in bytes, without the file itself.
    ///
    /// Baseline JPEGs and PNGs that aren't interlaced are read row by row and need little more than what is wanted of
    /// them. Progressive JPEGs need 2 bytes for each sample (3 bytes a pixel with chroma at half the resolution, 6 at the
    /// full one), interlaced PNGs and WebP 3 to 8 bytes a pixel.
    public var memory: Int
    /// The most time for a picture that another process decodes (HEIC, AVIF), in seconds.
    public var seconds: Int

    /// 250 megapixels, 128 MiB, 64 scans, 1 GiB and 60 seconds unless told otherwise; each at least 1.
    public init(
        pixels: Int = 250_000_000, bytes: Int = 128 << 20, scans: Int = 64, memory: Int = 1 << 30, seconds: Int = 60
    ) {
        precondition(pixels > 0 && bytes > 0 && scans > 0 && memory > 0 && seconds > 0, "a limit is at least 1")
        self.pixels = pixels
        self.bytes = bytes
        self.scans = scans
        self.memory = memory
        self.seconds = seconds
    }

    /// 250 megapixels, 128 MiB, 64 scans, 1 GiB and 60 seconds.
    public static let standard = DecodingLimits()
}
