import Foundation
import LikenessSupport
import Pixels

/// A picture that the command writes.
struct PictureFile {
    private let file: URL

    /// Checks before the work what would only be found out after it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - option: The option that names it, for messages.
    ///   - inputs: What is read.
    ///   - folder: A folder that the command makes before: where the file goes there, it need not be there yet.
    /// - Throws: ``Failure`` where the name is no picture's, an input is there, the folder is not there, or the name is a
    ///   folder's.
    init(_ path: String, option: String, keeping inputs: InputFiles, in folder: String? = nil) throws {
        file = URL(filePath: path)
        guard ImageEncoding(pathExtension: file.pathExtension) != nil else {
            throw Failure.badOption("\(option) is a name that ends in .png, .jpg or .webp")
        }
        try inputs.check(path)
        let place = file.deletingLastPathComponent().standardizedFileURL.path
        if let folder, !FolderListing.exists(SystemPath(folder)),
            URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL.path == place
        {
            return
        }
        try OutputFile.checkPlace(path)
        try Ownership.check(SystemPath(path))
        do {
            try SystemPath(file.deletingLastPathComponent().path).checkWritable()
        } catch {
            throw Failure.cannotWrite(path, reason: error.reason)
        }
    }

    /// Writes `image`, wholly or not at all, in the format of the name.
    func write(_ image: Image) throws {
        do {
            try image.write(to: file, software: Ownership.name)
        } catch {
            throw Failure.ofWriting(file.relativePath, error)
        }
    }
}
