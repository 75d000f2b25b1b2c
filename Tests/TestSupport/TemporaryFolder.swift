public import Foundation

/// A temporary folder for a test, which is removed when the value is released.
public final class TemporaryFolder: Sendable {
    /// The location, with links followed.
    public let url: URL

    /// Creates an empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "likeness-test-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Returns the path of `name` in the folder, whether it exists or not.
    public func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file, and creates its folders.
    @discardableResult public func file(_ name: String, _ contents: Data = Data()) throws -> URL {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try contents.write(to: file)
        return file
    }

    /// Copies a file into the folder.
    @discardableResult public func copy(_ source: URL, to name: String) throws -> URL {
        try file(name, Data(contentsOf: source))
    }

    /// Returns the sorted names in the folder, including hidden ones.
    public func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}
