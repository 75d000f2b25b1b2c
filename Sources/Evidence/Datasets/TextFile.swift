import Foundation

/// Reads lists: UTF-8, with or without a byte order mark.
enum TextFile {
    /// Returns the file's bytes, checked to be UTF-8, without the byte order mark.
    static func bytes(of file: URL) throws -> [UInt8] {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw DatasetError.unreadable(file.path, reason: reason(for: file))
        }
        guard String(validating: data, as: UTF8.self) != nil else { throw DatasetError.notText(file.path) }
        return [UInt8](data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data[...])
    }

    /// Why a file that could not be read can't be, in words that are the same on every system.
    private static func reason(for file: URL) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "it is a folder" : "it may not be opened"
    }

    /// Returns `path` under `folder`, or by itself where it is absolute.
    static func url(of path: String, in folder: URL) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
    }

    /// Returns whether there is a file at `path` under `folder`.
    static func exists(_ path: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: url(of: path, in: folder).path)
    }
}
