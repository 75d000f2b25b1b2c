import Foundation

/// Reads lists: UTF-8, with or without a byte order mark.
enum TextFile {
    /// Returns the file's bytes without the byte order mark, checked to be UTF-8.
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

    /// Returns the reason why a file can't be read, in words that are the same on every system.
    private static func reason(for file: URL) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "it is a folder" : "it can't be opened"
    }

    /// Returns `path` relative to `folder`; an absolute path does not change.
    static func url(of path: String, in folder: URL) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
    }

    /// Returns whether a file exists at `path` in `folder`.
    static func exists(_ path: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: url(of: path, in: folder).path)
    }
}
