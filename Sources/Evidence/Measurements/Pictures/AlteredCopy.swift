import Foundation

/// The place of the altered copy of a picture.
enum AlteredCopy {
    /// The file of the same name; if there is none, the PNG file, which `likeness augment` writes of a picture that is no JPEG.
    static func url(of original: URL) -> URL {
        let png = original.deletingPathExtension().appendingPathExtension("png")
        let manager = FileManager.default
        return !manager.fileExists(atPath: original.path) && manager.fileExists(atPath: png.path) ? png : original
    }
}
