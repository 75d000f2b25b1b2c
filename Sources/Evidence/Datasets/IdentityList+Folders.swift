public import Foundation
import LikenessSupport
import Pixels

extension IdentityList {
    /// The lowercase extensions of files that count as pictures.
    public static let extensions: Set<String> = ["jpg", "jpeg", "png", "webp"]

    /// Creates a list from a folder with a subfolder for each person.
    ///
    /// The identity is the path of the picture's folder relative to `people`: `ada/1.jpg` is `ada`, `staff/ada/1.jpg`
    /// is `staff/ada`. Files are sorted paths relative to `people`. Hidden files and files with other extensions are
    /// ignored. Pictures directly in `people` are ``strays``.
    ///
    /// - Throws: ``DatasetError`` if the folder can't be read, or has no picture in a person's folder.
    public init(people: URL) throws {
        let (files, unreadable, links) = try Self.files(in: people)
        let grouped = files.filter { $0.contains("/") }
        guard !grouped.isEmpty else {
            throw files.isEmpty ? Self.empty(people, links) : .noPersonsFolder(people.path)
        }
        self.init(
            name: people.path,
            pictures: grouped.enumerated().map { index, file in
                Picture(
                    file: file, identity: String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex)),
                    line: index + 1)
            },
            strays: files.filter { !$0.contains("/") }, unreadable: unreadable, links: links)
    }

    /// Returns the unlabeled pictures of a folder and its subfolders.
    ///
    /// - Throws: ``DatasetError`` if the folder can't be read, or contains no pictures.
    public static func unlabelled(_ folder: URL) throws -> IdentityList {
        let (files, unreadable, links) = try files(in: folder)
        guard !files.isEmpty else { throw empty(folder, links) }
        return IdentityList(
            name: folder.path,
            pictures: files.enumerated().map { Picture(file: $1, identity: nil, line: $0 + 1) },
            unreadable: unreadable, links: links)
    }

    private static func empty(_ folder: URL, _ links: LinkedFolders) -> DatasetError {
        links.remark(linksAdvice).map { .onlyLinks(folder.path, remark: $0) } ?? .noPictures(folder.path)
    }

    /// Returns the pictures under `folder` as sorted relative paths, the unreadable folders, and the links to folders.
    ///
    /// Hidden files and folders are ignored, and symbolic links to folders are not followed.
    private static func files(in folder: URL) throws -> (
        files: [String], unreadable: [String], links: LinkedFolders
    ) {
        let root = SystemPath(folder.path(percentEncoded: false))
        guard FolderListing.exists(root) else {
            throw DatasetError.unreadable(folder.path, reason: "there is no such folder")
        }
        guard FolderListing.isFolder(root) else {
            throw DatasetError.unreadable(folder.path, reason: "it is not a folder")
        }
        var files: [String] = [], unreadable: [String] = [], links: [SystemPath] = []
        var waiting = [(path: root, prefix: "")]
        while let (path, prefix) = waiting.popLast() {
            let listing = FolderListing(path)
            if let failure = listing.failure {
                guard !prefix.isEmpty else { throw DatasetError.unreadable(folder.path, reason: failure) }
                unreadable.append("\(path.shown) (\(failure))")
            }
            for entry in listing.entries {
                let name = entry.name.text
                guard !name.hasPrefix(".") else { continue }
                if entry.isFolder {
                    if entry.isLink {
                        links.append(entry.path)
                    } else {
                        waiting.append((entry.path, "\(prefix)\(name)/"))
                    }
                } else if isPicture(name) {
                    files.append(prefix + name)
                }
            }
        }
        var found = LinkedFolders()
        for link in links.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) { found.add(link) }
        return (files.sorted(), unreadable.sorted(), found)
    }

    private static func isPicture(_ name: String) -> Bool {
        name.lastIndex(of: ".").map { extensions.contains(name[name.index(after: $0)...].lowercased()) } ?? false
    }
}
