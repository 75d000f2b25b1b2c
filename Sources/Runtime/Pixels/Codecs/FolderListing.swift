#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What is in a folder, read with the system's own calls: names that are not UTF-8 are there too, and a folder that can't
/// be read says so.
public struct FolderListing: Sendable {
    /// A file or folder in it.
    public struct Entry: Sendable, Hashable {
        /// Its name alone.
        public let name: SystemPath
        /// The folder's path and the name.
        public let path: SystemPath
        /// Whether it is a folder, or a symbolic link to one.
        public let isFolder: Bool
        /// Whether it is a symbolic link.
        public let isLink: Bool
    }

    /// The entries by the bytes of their names, without `.` and `..`.
    public private(set) var entries: [Entry] = []
    /// Why the folder could not be read, or not to its end; `nil` if all entries are there.
    public private(set) var failure: String?

    /// Reads a folder.
    public init(_ folder: SystemPath) {
        guard let handle = folder.withCString({ opendir($0) }) else {
            failure = String(cString: strerror(errno))
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
            // Where a folder may be listed and not entered, only the listing knows what is a folder.
            let isFolder = Self.mode(path).map { $0 & S_IFMT == S_IFDIR } ?? (type == Int(DT_DIR))
            let isLink = type == Int(DT_LNK) || (type == Int(DT_UNKNOWN) && Self.isLink(path))
            entries.append(Entry(name: name, path: path, isFolder: isFolder, isLink: isLink))
        }
        if errno != 0 { failure = String(cString: strerror(errno)) }
        entries.sort { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// Returns whether `path` is a folder, or a link to one.
    public static func isFolder(_ path: SystemPath) -> Bool { mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false }

    /// Returns whether there is anything at `path`; a link that leads nowhere is nothing.
    public static func exists(_ path: SystemPath) -> Bool { mode(path) != nil }

    private static func isLink(_ path: SystemPath) -> Bool {
        var status = stat()
        return path.withCString { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static func mode(_ path: SystemPath) -> mode_t? {
        var status = stat()
        return path.withCString { stat($0, &status) } == 0 ? status.st_mode : nil
    }
}
