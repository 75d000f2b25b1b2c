public import Foundation

extension IdentityList {
    /// Endings of the files that count as pictures, in lower case.
    public static let extensions: Set<String> = ["jpg", "jpeg", "png", "webp"]

    /// A folder with a folder for each person.
    ///
    /// The identity is the path of the picture's folder, relative to `people`: `ada/1.jpg` is `ada`, `staff/ada/1.jpg`
    /// is `staff/ada`. Files are paths relative to `people`, in order; files that are no pictures by their ending, and
    /// hidden ones, are passed over. Pictures directly in `people` are ``strays``.
    ///
    /// - Throws: ``DatasetError`` where the folder can't be read, or holds no picture in a person's folder.
    public init(people: URL) throws {
        let files = try Self.files(in: people)
        let grouped = files.filter { $0.contains("/") }
        guard !grouped.isEmpty else { throw DatasetError.empty(people.path) }
        self.init(
            name: people.path,
            pictures: grouped.enumerated().map { index, file in
                Picture(
                    file: file, identity: String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)),
                    line: index + 1)
            },
            strays: files.filter { !$0.contains("/") })
    }

    /// The pictures of a folder and its folders, of nobody knows whom.
    ///
    /// - Throws: ``DatasetError`` where the folder can't be read, or holds no picture.
    public static func unlabelled(_ folder: URL) throws -> IdentityList {
        let files = try files(in: folder)
        guard !files.isEmpty else { throw DatasetError.empty(folder.path) }
        return IdentityList(
            name: folder.path,
            pictures: files.enumerated().map { Picture(file: $1, identity: nil, line: $0 + 1) })
    }

    /// The pictures under `folder`, as sorted paths relative to it.
    private static func files(in folder: URL) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
            throw DatasetError.unreadable(folder.path, reason: "there is no such folder")
        }
        guard isFolder.boolValue, let paths = FileManager.default.enumerator(atPath: folder.path) else {
            throw DatasetError.unreadable(folder.path, reason: "it is not a folder")
        }
        return paths.compactMap { $0 as? String }.filter(isPicture).sorted()
    }

    private static func isPicture(_ path: String) -> Bool {
        guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
            let dot = path.lastIndex(of: ".")
        else { return false }
        return extensions.contains(path[path.index(after: dot)...].lowercased())
    }
}
