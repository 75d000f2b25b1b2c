public import Foundation
public import Pixels

/// Where a picture comes from.
public enum PictureSource: Sendable, Hashable {
    /// A file.
    case file(URL)
    /// Bytes at hand, such as those of the standard input, and what to call them.
    case bytes([UInt8], name: String)

    /// The name by which results call the picture: the path as given, or `-`.
    public var name: String {
        switch self {
        case .file(let url): url.relativePath
        case .bytes(_, let name): name
        }
    }

    /// The file's bytes.
    ///
    /// - Throws: `ImageError` where the file is missing, unreadable, empty or larger than `limits` allow.
    public func read(limits: DecodingLimits) throws -> [UInt8] {
        switch self {
        case .file(let url): try Image.bytes(contentsOf: url, limits: limits)
        case .bytes(let bytes, _): bytes
        }
    }
}

extension PictureSource {
    /// What the picture's file says of itself.
    func header(limits: DecodingLimits) throws -> ImageHeader {
        switch self {
        case .file(let url): try ImageHeader(contentsOf: url, limits: limits)
        case .bytes(let bytes, _): try ImageHeader(decoding: bytes)
        }
    }
}

/// The pictures that a list of files, folders and patterns names.
public struct PictureList: Sendable, Hashable {
    /// The pictures, in the order of the arguments; folders by name.
    public var sources: [PictureSource] = []
    /// By a picture's ``PictureSource/name``, the folder that it lies in below the folder that was named, such as
    /// `Ada/2024`; nothing for pictures that lie directly in it or were named themselves.
    public var subfolders: [String: String] = [:]
    /// How many files of the folders were passed over, because their names are not those of pictures.
    public var skipped = 0

    /// Extensions that are taken from folders. Those that can't be decoded are taken too, so that they are reported
    /// and not silently missing.
    public static let extensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif", "tiff",
    ]

    /// Expands `arguments`: a file, a folder, a pattern with `*`, `?` or `[`, or `-` for the standard input.
    ///
    /// - Parameters:
    ///   - arguments: What was given on the command line.
    ///   - recursive: Whether folders in folders are entered. Symbolic links to folders are not.
    ///   - standardInput: Reads the standard input; called at most once.
    public init(_ arguments: [String], recursive: Bool = false, standardInput: () throws -> [UInt8]) rethrows {
        var input: [UInt8]?
        for argument in arguments {
            if argument == "-" {
                let bytes = try input ?? standardInput()
                input = bytes
                sources.append(.bytes(bytes, name: "-"))
            } else if Self.isFolder(argument) {
                append(folder: argument, recursive: recursive)
            } else {
                let isPattern = argument.contains { "*?[".contains($0) }
                let matches = isPattern && !FileManager.default.fileExists(atPath: argument) ? Self.glob(argument) : []
                if matches.isEmpty {
                    // A missing file is reported when it is read, as one line among the others.
                    sources.append(.file(URL(filePath: argument)))
                }
                for match in matches {
                    if Self.isFolder(match) {
                        append(folder: match, recursive: recursive)
                    } else {
                        sources.append(.file(URL(filePath: match)))
                    }
                }
            }
        }
    }

    private mutating func append(folder: String, recursive: Bool, subfolder: String = "") {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
        for name in names where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if Self.isFolder(path) {
                let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
                if recursive && !isLink {
                    append(folder: path, recursive: true, subfolder: subfolder.isEmpty ? name : "\(subfolder)/\(name)")
                }
            } else if Self.extensions.contains(URL(filePath: name).pathExtension.lowercased()) {
                let source = PictureSource.file(URL(filePath: path))
                sources.append(source)
                if !subfolder.isEmpty { subfolders[source.name] = subfolder }
            } else {
                skipped += 1
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// The paths that a shell pattern matches, sorted.
    private static func glob(_ pattern: String) -> [String] {
        var matches = glob_t()
        defer { globfree(&matches) }
        guard Foundation.glob(pattern, 0, nil, &matches) == 0 else { return [] }
        return (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { String(cString: $0) }
        }
    }
}
