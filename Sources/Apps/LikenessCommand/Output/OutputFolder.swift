import Foundation
import LikenessSupport
import Pixels
import Recognition
import Synchronization

/// A folder that pictures are written to, each under a name of its own.
final class OutputFolder: Sendable {
    /// The folder.
    let directory: URL
    private let subfolders: [String: String]
    private let taken = Mutex<Set<String>>([])

    /// Makes the folder where it is not there.
    init(_ path: String) throws {
        guard SystemPath(path).isText else {
            throw Failure.cannotWrite(SystemPath.shown(path), reason: "it is not UTF-8")
        }
        subfolders = [:]
        directory = URL(filePath: path, directoryHint: .isDirectory)
        try Self.make(directory, called: path)
    }

    /// Makes the folder where it is not there, for files named after pictures.
    ///
    /// - Parameters:
    ///   - pictures: The pictures; none of them may be overwritten.
    ///   - inputs: All files that are read.
    ///   - subfolders: By a picture's name, the folder in this one that its files go to.
    ///   - extension: What a picture's files end with.
    /// - Throws: ``Failure``, before anything is written.
    init(
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
            throw Failure.cannotWrite(path, reason: "it is a file, and a folder is needed")
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

    /// A file named after `picture`; a number is added where another picture of this run has the name.
    func file(for picture: PictureSource, suffix: String = "", extension: String) -> URL {
        let place = subfolders[picture.name].map { SystemPath.shown($0) + "/" } ?? ""
        let stem = place + Self.stem(of: picture) + suffix
        return taken.withLock { taken in
            var candidate = "\(stem).\(`extension`)"
            var number = 2
            // Names that differ by case alone are one file on some systems.
            while !taken.insert(candidate.lowercased()).inserted {
                candidate = "\(stem)~\(number).\(`extension`)"
                number += 1
            }
            return directory.appending(path: candidate)
        }
    }

    /// Removes what is there under this name, if anything is.
    func remove(_ name: String) throws {
        let url = directory.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            throw Failure.cannotWrite(url.relativePath, reason: systemReason(of: error))
        }
    }

    /// Writes a file of this name.
    func write(_ data: Data, named name: String) throws {
        do {
            try data.write(to: directory.appending(path: name), options: .atomic)
        } catch {
            throw Failure.cannotWrite(
                directory.appending(path: name).relativePath, reason: systemReason(of: error))
        }
    }

    /// Writes `image` in the format of the file's extension.
    func write(_ image: Image, to file: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try image.write(to: file, software: Ownership.name)
        } catch {
            throw Failure.ofWriting(file.relativePath, error)
        }
    }
}
