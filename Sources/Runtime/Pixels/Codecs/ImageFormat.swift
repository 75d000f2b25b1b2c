/// A supported file format.
public enum ImageFormat: String, CaseIterable, Codable, Sendable {
    /// JPEG, JFIF or Exif.
    case jpeg
    /// PNG, including APNG's default image.
    case png
    /// WebP, lossy and lossless.
    case webp
    /// HEIC: HEVC pictures in a HEIF file, as telephones take them.
    ///
    /// Decoded with libheif in a separate process.
    case heic
    /// AVIF: AV1 pictures in a HEIF file.
    ///
    /// Decoded with libheif in a separate process.
    case avif

    /// Creates the format of a file name extension, for writing.
    ///
    /// Reading looks at the content instead.
    ///
    /// HEIC and AVIF can't be written.
    public init?(pathExtension: String) {
        switch pathExtension.lowercased() {
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "png", "apng": self = .png
        case "webp": self = .webp
        default: return nil
        }
    }
}
