import Foundation
import Pixels

/// A picture that the command writes.
struct PictureFile {
    private let file: URL

    /// Checks before the work what would only be found out after it.
    ///
    /// - Throws: ``Failure/cannotWrite(_:)`` where the folder is not there, or the name is a folder's.
    init(_ path: String) throws {
        file = URL(filePath: path)
        var isFolder: ObjCBool = false
        let files = FileManager.default
        let exists = files.fileExists(atPath: file.path, isDirectory: &isFolder)
        guard !(exists && isFolder.boolValue), files.isWritableFile(atPath: file.deletingLastPathComponent().path)
        else {
            throw Failure.cannotWrite(path)
        }
    }

    /// Writes `image`, wholly or not at all, in the format of the name.
    func write(_ image: Image) throws {
        do {
            try image.write(to: file)
        } catch {
            throw Failure.cannotWrite(file.relativePath)
        }
    }
}
