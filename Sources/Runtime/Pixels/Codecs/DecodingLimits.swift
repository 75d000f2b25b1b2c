/// The limits on a picture's size and cost.
///
/// They are checked before the picture is decoded.
///
/// Each limit is at least 1; a limit that is set to less becomes 1.
///
/// A file of a few kilobytes can claim to hold thousands of megapixels. The claimed size is read first, and a picture
/// over the limits is refused.
///
/// ```swift
/// let limits = DecodingLimits(pixels: 24_000_000, bytes: 10 << 20, seconds: 5)
/// do {
///     let image = try Image(decoding: upload, limits: limits)
///     print(image.width, image.height)
/// } catch let error as ImageError {
///     print(error.code, error)   // such as "image_too_large"
/// }
/// ```
public struct DecodingLimits: Hashable, Codable, Sendable {
    /// The largest number of pixels, width times height.
    public var pixels: Int { didSet { pixels = max(pixels, 1) } }
    /// The largest file size, in bytes.
    public var bytes: Int { didSet { bytes = max(bytes, 1) } }
    /// The largest number of scans in a progressive JPEG.
    ///
    /// Each scan is a pass over the whole picture; valid files have about 10.
    public var scans: Int { didSet { scans = max(scans, 1) } }
    /// The most memory for one picture's pixels and the decoder's buffers, in bytes, without the file itself.
    ///
    /// Baseline JPEGs and non-interlaced PNGs are decoded row by row and need little more than the result. Progressive
    /// JPEGs need 2 bytes per sample (3 bytes per pixel with chroma at half the resolution, 6 at full resolution),
    /// interlaced PNGs and WebP 3 to 8 bytes per pixel.
    public var memory: Int { didSet { memory = max(memory, 1) } }
    /// The longest time for a picture that another process decodes (HEIC, AVIF), in seconds.
    public var seconds: Int { didSet { seconds = max(seconds, 1) } }

    /// Creates limits.
    ///
    /// Each is at least 1.
    ///
    /// By default: 250 megapixels, 128 MiB, 64 scans, 1 GiB and 60 seconds.
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

    /// The default limits: 250 megapixels, 128 MiB, 64 scans, 1 GiB and 60 seconds.
    public static let standard = DecodingLimits()

    /// Creates limits from their parts, and checks that each is at least 1.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        func limit(_ key: CodingKeys) throws -> Int {
            let number = try fields.decode(Int.self, forKey: key)
            guard number > 0 else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: fields, debugDescription: "\(key.rawValue) must be at least 1")
            }
            return number
        }
        self.init(
            pixels: try limit(.pixels), bytes: try limit(.bytes), scans: try limit(.scans),
            memory: try limit(.memory), seconds: try limit(.seconds))
    }

    private enum CodingKeys: String, CodingKey { case pixels, bytes, scans, memory, seconds }
}
