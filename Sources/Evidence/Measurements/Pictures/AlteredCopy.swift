import Foundation

/// Finds the altered copies of pictures.
enum AlteredCopy {
    /// Returns the file with the same name or, if there is none, the PNG file, which `likeness augment` writes for a
    /// picture that is not a JPEG.
    static func url(of original: URL) -> URL {
        let png = original.deletingPathExtension().appendingPathExtension("png")
        let manager = FileManager.default
        return !manager.fileExists(atPath: original.path) && manager.fileExists(atPath: png.path) ? png : original
    }
}
