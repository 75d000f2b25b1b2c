/// A file format that this library reads.
public enum ImageFormat: String, CaseIterable, Codable, Sendable {
    /// JPEG, JFIF or Exif.
    case jpeg
    /// PNG, APNG's default image included.
    case png
    /// WebP, lossy and lossless.
    case webp
    /// HEIC: HEVC pictures in a HEIF file, as telephones take them. Read through libheif in a process of its own.
    case heic
    /// AVIF: AV1 pictures in a HEIF file. Read through libheif in a process of its own.
    case avif

    /// Creates the format that a file name's extension stands for, for writing; reading looks at the content.
    ///
    /// HEIC and AVIF are not written.
    public init?(pathExtension: String) {
        switch pathExtension.lowercased() {
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "png", "apng": self = .png
        case "webp": self = .webp
        default: return nil
        }
    }
}
