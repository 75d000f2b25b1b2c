import Foundation
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
    ///
    /// - Parameter subfolders: By a picture's name, the folder in this one that its files go to.
    init(_ path: String, subfolders: [String: String] = [:]) throws {
        self.subfolders = subfolders
        directory = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw Failure.cannotWrite(path)
        }
    }

    /// A file named after `picture`; a number is added where another picture of this run has the name.
    func file(for picture: PictureSource, suffix: String = "", extension: String) -> URL {
        let name = picture.name == "-" ? "stdin" : picture.name
        let place = subfolders[picture.name].map { $0 + "/" } ?? ""
        let stem = place + URL(filePath: name).deletingPathExtension().lastPathComponent + suffix
        return taken.withLock { taken in
            var candidate = "\(stem).\(`extension`)"
            var number = 2
            while !taken.insert(candidate).inserted {
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
        do { try FileManager.default.removeItem(at: url) } catch { throw Failure.cannotWrite(url.relativePath) }
    }

    /// Writes a file of this name.
    func write(_ data: Data, named name: String) throws {
        do {
            try data.write(to: directory.appending(path: name), options: .atomic)
        } catch {
            throw Failure.cannotWrite(directory.appending(path: name).relativePath)
        }
    }

    /// Writes `image` in the format of the file's extension.
    func write(_ image: Image, to file: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try image.write(to: file)
        } catch {
            throw Failure.cannotWrite(file.relativePath)
        }
    }
}
