import Foundation
import LikenessSupport
package import Pixels

/// A picture that the command writes.
package struct PictureFile {
    private let file: URL

    /// Checks, before the work begins, that the picture can be written.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - option: The option that names the file, for messages.
    ///   - inputs: The files that the command reads.
    ///   - folder: A folder that the command creates before the file is written; it need not exist yet.
    /// - Throws: ``Failure`` if the extension is not that of a picture format, the file is an input or a folder, or its
    ///   folder doesn't exist.
    package init(_ path: String, option: String, keeping inputs: InputFiles, in folder: String? = nil) throws {
        file = URL(filePath: path)
        guard ImageEncoding(pathExtension: file.pathExtension) != nil else {
            throw Failure.badOption("\(option) must end in .png, .jpg or .webp")
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

    /// Writes `image` in the format of the file's extension. The file appears only when it is complete.
    package func write(_ image: Image) throws {
        do {
            try image.write(to: file, software: Ownership.name)
        } catch {
            throw Failure.ofWriting(file.relativePath, error)
        }
    }
}
