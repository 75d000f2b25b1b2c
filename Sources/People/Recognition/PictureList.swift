import Foundation
import LikenessSupport
public import Pixels

/// The pictures that a list of files, folders and patterns names.
public struct PictureList: Sendable, Hashable {
    /// The pictures, in the order of the arguments; folders by name. A folder that can't be read is one that fails.
    public var sources: [PictureSource] = []
    /// By a picture's ``PictureSource/name``, the folder that it lies in below the folder that was named, such as
    /// `Ada/2024`; nothing for pictures that lie directly in it or were named themselves.
    public var subfolders: [String: String] = [:]
    /// How many files of the folders were passed over, because their names are not those of pictures.
    public var skipped = 0
    /// How many pictures, and folders where those are entered, were passed over because their names begin with a dot.
    public var hidden = 0
    /// How many folders in folders were not entered, because that was not asked for.
    public var folders = 0
    /// Symbolic links to folders that were met inside a folder and not followed, where folders in folders were entered.
    public var links = LinkedFolders()
    /// The folders that were named and hold no picture.
    public var emptyFolders: [String] = []

    /// Extensions that are taken from folders. Those that can't be decoded are taken too, so that they are reported
    /// and not silently missing.
    public static let extensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif", "tiff",
    ]

    /// Expands `arguments`: a file, a folder, a pattern with `*`, `?` or `[`, or `-` for the standard input.
    ///
    /// - Parameters:
    ///   - arguments: What was given on the command line, as `SystemPath.text` writes it.
    ///   - recursive: Whether folders in folders are entered. Symbolic links to folders are not, but ``links`` has them;
    ///     one that is named itself is.
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
                    // A missing file is reported when it is read, as one line among the others.
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

    /// A folder that was named.
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

    /// The paths that a shell pattern matches, sorted.
    private static func glob(_ pattern: SystemPath) -> [SystemPath] {
        var matches = glob_t()
        defer { globfree(&matches) }
        guard pattern.withCString({ Foundation.glob($0, 0, nil, &matches) }) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { SystemPath(cString: $0) }
        }
    }
}
