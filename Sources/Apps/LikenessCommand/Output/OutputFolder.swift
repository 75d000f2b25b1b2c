package import Foundation
import LikenessSupport
package import Pixels
package import Recognition
import Synchronization

/// A folder for output files, each with a unique name.
package final class OutputFolder: Sendable {
    /// The folder.
    package let directory: URL
    private let subfolders: [String: String]
    private let taken = Mutex<Set<String>>([])

    /// Creates the folder if it doesn't exist.
    package init(_ path: String) throws {
        guard SystemPath(path).isText else {
            throw Failure.cannotWrite(SystemPath.shown(path), reason: "it is not UTF-8")
        }
        subfolders = [:]
        directory = URL(filePath: path, directoryHint: .isDirectory)
        try Self.make(directory, called: path)
    }

    /// Creates the folder if it doesn't exist, for files that are named after pictures.
    ///
    /// - Parameters:
    ///   - pictures: The pictures; none of them may be overwritten.
    ///   - inputs: All files that the command reads; none of them may be overwritten.
    ///   - subfolders: The subfolder for the files of each picture, by the picture's name.
    ///   - extension: Returns the extension of a picture's files.
    /// - Throws: ``Failure``, before anything is written.
    package init(
        _ path: String, for pictures: [PictureSource], keeping inputs: InputFiles, subfolders: [String: String] = [:],
        extension: (PictureSource) -> String
    ) throws {
        guard SystemPath(path).isText else {
            throw Failure.cannotWrite(SystemPath.shown(path), reason: "it is not UTF-8")
        }
        self.subfolders = subfolders
        directory = URL(filePath: path, directoryHint: .isDirectory)
        var names: [String: Set<String>] = [:]
        for picture in pictures {
            names[subfolders[picture.name] ?? "", default: []].insert(
                "\(Self.stem(of: picture)).\(`extension`(picture))")
        }
        for (subfolder, names) in names {
            try inputs.check(folder: subfolder.isEmpty ? path : "\(path)/\(subfolder)", names: names)
        }
        try Self.make(directory, called: path)
    }

    private static func make(_ directory: URL, called path: String) throws {
        let place = SystemPath(path)
        if FolderListing.exists(place), !FolderListing.isFolder(place) {
            throw Failure.cannotWrite(path, reason: "it is a file, but a folder is needed")
        }
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw Failure.cannotWrite(path, reason: systemReason(of: error))
        }
    }

    private static func stem(of picture: PictureSource) -> String {
        let name = picture.name == "-" ? "stdin" : picture.name
        return URL(filePath: name).deletingPathExtension().lastPathComponent
    }

    /// Returns a file named after `picture`, with a number if another picture of this run has the same name.
    package func file(for picture: PictureSource, suffix: String = "", extension: String) -> URL {
        let place = subfolders[picture.name].map { SystemPath.shown($0) + "/" } ?? ""
        let stem = place + Self.stem(of: picture) + suffix
        return taken.withLock { taken in
            var candidate = "\(stem).\(`extension`)"
            var number = 2
            // On some systems, names that differ only in case are the same file.
            while !taken.insert(candidate.lowercased()).inserted {
                candidate = "\(stem)~\(number).\(`extension`)"
                number += 1
            }
            return directory.appending(path: candidate)
        }
    }

    /// Removes the file or folder with this name, if it exists.
    package func remove(_ name: String) throws {
        let url = directory.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            throw Failure.cannotWrite(url.relativePath, reason: systemReason(of: error))
        }
    }

    /// Writes a file with this name.
    package func write(_ data: Data, named name: String) throws {
        do {
            try data.write(to: directory.appending(path: name), options: .atomic)
        } catch {
            throw Failure.cannotWrite(
                directory.appending(path: name).relativePath, reason: systemReason(of: error))
        }
    }

    /// Writes `image` in the format of the file's extension.
    package func write(_ image: Image, to file: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try image.write(to: file, software: Ownership.name)
        } catch {
            throw Failure.ofWriting(file.relativePath, error)
        }
    }
}
