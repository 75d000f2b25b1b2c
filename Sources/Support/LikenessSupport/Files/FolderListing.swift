import Foundation

/// The entries of a folder, read from the system.
///
/// Names that are not UTF-8 are included, and a folder that can't be read is reported.
public struct FolderListing: Sendable {
    /// A file or folder.
    public struct Entry: Sendable, Hashable {
        /// The entry's name.
        public let name: SystemPath
        /// The entry's path: the folder's path and the name.
        public let path: SystemPath
        /// Whether the entry is a folder, or a symbolic link to one.
        public let isFolder: Bool
        /// Whether the entry is a symbolic link.
        public let isLink: Bool
    }

    /// The entries, sorted by the bytes of their names, without `.` and `..`.
    public private(set) var entries: [Entry] = []
    /// The reason why the folder could not be read completely; `nil` if all entries are listed.
    public private(set) var failure: String?

    /// Reads a folder.
    public init(_ folder: SystemPath) {
        guard let handle = folder.withCString({ opendir($0) }) else {
            failure = Reason.text(of: errno)
            return
        }
        defer { closedir(handle) }
        let prefix = folder.bytes.last == UInt8(ascii: "/") ? folder.bytes : folder.bytes + [UInt8(ascii: "/")]
        while true {
            errno = 0
            guard let entry = readdir(handle) else { break }
            let type = Int(entry.pointee.d_type)
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { SystemPath(cString: $0) }
            }
            guard name.bytes != Array(".".utf8), name.bytes != Array("..".utf8) else { continue }
            let path = SystemPath(bytes: prefix + name.bytes)
            // If the folder may be listed but not entered, only the listing says which entries are folders.
            let isFolder = path.status.map { $0.kind == .folder } ?? (type == Int(DT_DIR))
            let isLink =
                type == Int(DT_LNK)
                || (type == Int(DT_UNKNOWN) && path.status(followingLinks: false)?.kind == .link)
            entries.append(Entry(name: name, path: path, isFolder: isFolder, isLink: isLink))
        }
        if errno != 0 { failure = Reason.text(of: errno) }
        entries.sort { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// Returns whether `path` is a folder, or a link to one.
    public static func isFolder(_ path: SystemPath) -> Bool { path.status?.kind == .folder }

    /// Returns whether a file or folder exists at `path`; false for a broken link.
    public static func exists(_ path: SystemPath) -> Bool { path.status != nil }
}
