import Foundation
import LikenessSupport
import Pixels
import Synchronization

/// The files that a command reads. Nothing that it writes may take the place of one of them, under whatever name or link.
final class InputFiles: Sendable {
    private let paths: [String]
    /// The paths by file; `nil` before somebody asks.
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

    /// - Parameter paths: The files; nothing is looked up before something is to be written where a file is already.
    init(_ paths: [String]) { self.paths = paths }

    /// The input at `path`, if one is there.
    func input(at path: SystemPath) -> String? {
        path.status.flatMap { names[$0.identity] }
    }

    /// Refuses an output that would take an input's place.
    ///
    /// - Throws: ``Failure/overwritesInput(_:input:)``.
    func check(_ output: String?) throws {
        guard let output else { return }
        try check(SystemPath(output))
    }

    /// Refuses an output that would take an input's place.
    func check(_ output: SystemPath) throws {
        guard let input = input(at: output) else { return }
        // A device may be read and written: /dev/null holds nothing that could be lost.
        guard output.status?.isRegular == true else { return }
        throw Failure.overwritesInput(output.shown, input: SystemPath.shown(input))
    }

    /// Refuses a folder whose files of these names would take the places of inputs, or of other pictures that this program
    /// didn't write.
    ///
    /// - Parameters:
    ///   - folder: Where files are to be written.
    ///   - names: The names without what a run may add: a face's or variant's number (`-2`), and a number where several
    ///     pictures have one name (`~2`).
    func check(folder: String, names: Set<String>) throws {
        for name in names { try check("\(folder)/\(name)") }
        for entry in FolderListing(SystemPath(folder)).entries where names.contains(Self.base(of: entry.name.text)) {
            try check(entry.path)
            try Ownership.check(entry.path)
        }
    }

    /// Refuses to replace a folder that an input lies in.
    func check(replacedFolder folder: String) throws {
        guard let replaced = SystemPath(folder).status?.identity else { return }
        for path in paths
        where SystemPath(URL(filePath: path).deletingLastPathComponent().path).status?.identity == replaced {
            throw Failure.overwritesInput(SystemPath.shown(folder), input: SystemPath.shown(path))
        }
    }

    /// A name without the numbers that a run adds.
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
    /// Refuses two outputs in one place.
    ///
    /// - Parameter outputs: Paths; those that are not wanted are `nil`.
    static func checkDistinct(_ outputs: [String?]) throws {
        var seen: [String: String] = [:]
        for output in outputs.compactMap(\.self) {
            let place = URL(filePath: output).standardizedFileURL.resolvingSymlinksInPath().path
            guard !place.hasPrefix("/dev/") else { continue }
            if let earlier = seen.updateValue(output, forKey: place) {
                throw Failure.badOption("\(earlier) and \(output) are one place, and two results", remedy: "name two")
            }
        }
    }
}
