/// A file format that this library reads and writes.
public enum ImageFormat: String, CaseIterable, Codable, Sendable {
    /// JPEG, JFIF or Exif.
    case jpeg
    /// PNG, APNG's default image included.
    case png
    /// WebP, lossy and lossless.
    case webp

    /// The format that a file name's extension stands for, for writing; reading looks at the content.
    public init?(pathExtension: String) {
        switch pathExtension.lowercased() {
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "png", "apng": self = .png
        case "webp": self = .webp
        default: return nil
        }
    }
}
