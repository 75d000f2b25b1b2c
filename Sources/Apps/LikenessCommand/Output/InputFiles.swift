import Foundation
package import LikenessSupport
import Pixels
import Synchronization

/// The files that a command reads. Nothing that it writes may take the place of one of them, under whatever name or link.
package final class InputFiles: Sendable {
    private let paths: [String]
    /// The paths by file identity; `nil` before the first use.
    private let known = Mutex<[FileStatus.Identity: String]?>(nil)

    private var names: [FileStatus.Identity: String] {
        known.withLock { known in
            if let known { return known }
            var names: [FileStatus.Identity: String] = [:]
            for path in paths {
                guard let identity = SystemPath(path).status?.identity else { continue }
                names[identity] = names[identity] ?? path
            }
            known = names
            return names
        }
    }

    /// Creates the list of inputs.
    ///
    /// - Parameter paths: The files. They are looked up only when an output path is checked.
    package init(_ paths: [String]) { self.paths = paths }

    /// The input at `path`, if one is there.
    package func input(at path: SystemPath) -> String? {
        path.status.flatMap { names[$0.identity] }
    }

    /// Checks that `output` would not overwrite an input.
    ///
    /// - Throws: ``Failure/overwritesInput(_:input:)``.
    package func check(_ output: String?) throws {
        guard let output else { return }
        try check(SystemPath(output))
    }

    /// Checks that `output` would not overwrite an input.
    package func check(_ output: SystemPath) throws {
        guard let input = input(at: output) else { return }
        // Devices may be both read and written: /dev/null contains nothing that could be lost.
        guard output.status?.isRegular == true else { return }
        throw Failure.overwritesInput(output.shown, input: SystemPath.shown(input))
    }

    /// Checks that files with these names in `folder` would overwrite neither inputs nor pictures that this program
    /// didn't write.
    ///
    /// - Parameters:
    ///   - folder: The output folder.
    ///   - names: The file names, without the numbers that a run may add: that of a face or variant (`-2`), and that of
    ///     pictures with equal names (`~2`).
    package func check(folder: String, names: Set<String>) throws {
        for name in names { try check("\(folder)/\(name)") }
        for entry in FolderListing(SystemPath(folder)).entries where names.contains(Self.base(of: entry.name.text)) {
            try check(entry.path)
            try Ownership.check(entry.path)
        }
    }

    /// Refuses to replace a folder that an input lies in.
    package func check(replacedFolder folder: String) throws {
        guard let replaced = SystemPath(folder).status?.identity else { return }
        for path in paths
        where SystemPath(URL(filePath: path).deletingLastPathComponent().path).status?.identity == replaced {
            throw Failure.overwritesInput(SystemPath.shown(folder), input: SystemPath.shown(path))
        }
    }

    /// Returns a name without the numbers that a run adds.
    private static func base(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        var stem = name[..<dot]
        for mark in ["~", "-"] {
            guard let start = stem.lastIndex(of: Character(mark)) else { continue }
            let number = stem[stem.index(after: start)...]
            if !number.isEmpty, number.allSatisfy({ ("0"..."9").contains($0) }) { stem = stem[..<start] }
        }
        return String(stem + name[dot...])
    }
}

extension InputFiles {
    /// Checks that no two outputs have the same path.
    ///
    /// - Parameter outputs: The paths; `nil` for outputs that are not written.
    package static func checkDistinct(_ outputs: [String?]) throws {
        var seen: [String: String] = [:]
        for output in outputs.compactMap(\.self) {
            let place = URL(filePath: output).standardizedFileURL.resolvingSymlinksInPath().path
            guard !place.hasPrefix("/dev/") else { continue }
            if let earlier = seen.updateValue(output, forKey: place) {
                throw Failure.badOption(
                    "\(earlier) and \(output) are the same file, but two results are written", remedy: "name two files")
            }
        }
    }
}
