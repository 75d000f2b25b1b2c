import Foundation
import LikenessSupport
public import Pixels

/// The pictures named by a list of files, folders and patterns.
///
/// ```swift
/// let list = PictureList(["photos", "holiday/*.jpg"], recursive: true) { [] }   // no standard input
/// for source in list.sources { print(source.name) }
/// for folder in list.emptyFolders { print("no pictures in", folder) }
/// ```
public struct PictureList: Sendable, Hashable {
    /// The pictures in the order of the arguments; those of a folder sorted by name. A folder that can't be read is
    /// included as a source that fails.
    public var sources: [PictureSource] = []
    /// For each picture's ``PictureSource/name``, its folder relative to the folder that was named, such as `Ada/2024`.
    /// Pictures directly in that folder and pictures named themselves have no entry.
    public var subfolders: [String: String] = [:]
    /// The number of files in the folders that were skipped because their extensions are not those of pictures.
    public var skipped = 0
    /// The number of pictures that were skipped because their names begin with a dot; with recursion, such folders
    /// count too.
    public var hidden = 0
    /// The number of subfolders that were skipped because recursion was not requested.
    public var folders = 0
    /// Symbolic links to folders that were found in folders during recursion and not followed.
    public var links = LinkedFolders()
    /// The named folders that contain no picture.
    public var emptyFolders: [String] = []

    /// The extensions of the files taken from folders. Formats that can't be decoded are included, so that their files
    /// are reported and not silently skipped.
    public static let extensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif", "tiff",
    ]

    /// Expands `arguments`: a file, a folder, a pattern with `*`, `?` or `[`, or `-` for the standard input.
    ///
    /// - Parameters:
    ///   - arguments: The command-line arguments, in the form of `SystemPath.text`.
    ///   - recursive: Whether subfolders are searched. Symbolic links to folders are not followed, but are listed in
    ///     ``links``; a link that is itself an argument is followed.
    ///   - standardInput: Reads the standard input; called at most once.
    public init(_ arguments: [String], recursive: Bool = false, standardInput: () throws -> [UInt8]) rethrows {
        var input: [UInt8]?
        for argument in arguments {
            let path = SystemPath(argument)
            if argument == "-" {
                let bytes = try input ?? standardInput()
                input = bytes
                sources.append(.bytes(bytes, name: "-"))
            } else if FolderListing.isFolder(path) {
                append(named: path, recursive: recursive)
            } else {
                let isPattern = argument.contains { "*?[".contains($0) }
                let matches = isPattern && !FolderListing.exists(path) ? Self.glob(path) : []
                if matches.isEmpty {
                    // A missing file is reported when it is read, as one failure among the results.
                    sources.append(.file(URL(filePath: argument)))
                }
                for match in matches {
                    if FolderListing.isFolder(match) {
                        append(named: match, recursive: recursive)
                    } else {
                        sources.append(.file(URL(filePath: match.text)))
                    }
                }
            }
        }
    }

    /// Adds the pictures of a named folder.
    private mutating func append(named folder: SystemPath, recursive: Bool) {
        let before = sources.count
        append(folder: folder, recursive: recursive, subfolder: "")
        if sources.count == before { emptyFolders.append(folder.shown) }
    }

    private mutating func append(folder: SystemPath, recursive: Bool, subfolder: String) {
        let listing = FolderListing(folder)
        for entry in listing.entries {
            let name = entry.name.text
            if entry.name.bytes.first == UInt8(ascii: ".") {
                if entry.isFolder ? recursive : Self.isPicture(name) { hidden += 1 }
            } else if entry.isFolder {
                if !recursive {
                    folders += 1
                } else if entry.isLink {
                    links.add(entry.path)
                } else {
                    append(
                        folder: entry.path, recursive: true,
                        subfolder: subfolder.isEmpty ? name : "\(subfolder)/\(name)")
                }
            } else if Self.isPicture(name) {
                let source = PictureSource.file(URL(filePath: entry.path.text))
                sources.append(source)
                if !subfolder.isEmpty { subfolders[source.name] = subfolder }
            } else {
                skipped += 1
            }
        }
        if let reason = listing.failure {
            sources.append(
                .unreadable(name: folder.shown, ImageError.unreadableFile(path: folder.shown, reason: reason)))
        }
    }

    private static func isPicture(_ name: String) -> Bool {
        extensions.contains(URL(filePath: name).pathExtension.lowercased())
    }

    /// Returns the paths that match a shell pattern, sorted.
    private static func glob(_ pattern: SystemPath) -> [SystemPath] {
        var matches = glob_t()
        defer { globfree(&matches) }
        guard pattern.withCString({ Foundation.glob($0, 0, nil, &matches) }) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { SystemPath(cString: $0) }
        }
    }
}
