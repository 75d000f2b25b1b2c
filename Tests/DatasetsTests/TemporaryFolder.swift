import Foundation

/// A folder for one test.
struct TemporaryFolder {
    let url: URL

    /// Creates a folder with empty `files`, calls `body`, and removes the folder.
    static func with(files: [String] = [], _ body: (TemporaryFolder) throws -> Void) throws {
        let folder = TemporaryFolder(
            url: FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)"))
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder.url) }
        for file in files { try folder.write(Data(), to: file) }
        try body(folder)
    }

    func write(_ data: Data, to path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }
}
