import Foundation
import LikenessSupport
import Pixels

/// Where results go: the standard output, or a file that appears when it is whole.
final class OutputFile {
    private let name: String
    private let target: Target

    private enum Target {
        /// What is written to as it is.
        case open(OpenFile)
        /// The unfinished file, and the place that it is moved to in the end.
        case draft(DraftFile, place: String)
    }

    /// Opens the file at `path`; the standard output where it is `nil`.
    ///
    /// What stands at `path` stays until ``finish()``. A device or a pipe is written to as it is: to move a file there
    /// would put the file in the device's place.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    init(_ path: String?) throws {
        guard let path else {
            (name, target) = ("the standard output", .open(.standardOutput))
            return
        }
        name = SystemPath.shown(path)
        try Self.checkPlace(path)
        let status = SystemPath(path).status
        guard status?.isRegular ?? true else {
            target = .open(
                try Self.writing(path) { () throws(SystemError) in
                    try OpenFile(SystemPath(path), for: .writing)
                })
            return
        }
        try Self.checkReplaceable(path)
        let place = try Self.place(of: path)
        if status != nil { try Self.writing(path, SystemPath(place).checkWritable) }
        let file = URL(filePath: place)
        let name = ".\(file.lastPathComponent.prefix(50)).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let partial = file.deletingLastPathComponent().appending(path: name).path
        let draft = try Self.writing(path) { () throws(SystemError) in
            try DraftFile(SystemPath(partial), permissions: 0o666)
        }
        // Who may read the earlier file may read the new one, and nobody else.
        if let status { try? draft.setPermissions(status.permissions) }
        target = .draft(draft, place: place)
        UnfinishedFiles.shared.add(partial)
    }

    /// Refuses, before any work, a place that nothing could be written to after it: a folder, a name that is a folder's, and
    /// a folder that is not there or may not be written to.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    static func checkPlace(_ path: String) throws {
        func fail(_ reason: String) -> Failure { .cannotWrite(SystemPath.shown(path), reason: reason) }
        guard !path.isEmpty else {
            throw Failure.badOption("the name of a file to write is empty", remedy: "name a file")
        }
        guard SystemPath(path).isText else { throw fail("it is not UTF-8") }
        if FolderListing.isFolder(SystemPath(path)) { throw fail("it is a folder") }
        if path.hasSuffix("/") { throw fail("a name that ends with / is a folder's: name a file") }
        guard !FolderListing.exists(SystemPath(path)) else { return }
        let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
        do {
            try SystemPath(folder).checkWritable()
        } catch {
            throw fail(error.reason)
        }
    }

    /// Refuses to replace what no command writes as a result: a store or a picture was meant to be read.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    static func checkReplaceable(_ path: String) throws {
        guard SystemPath(path).status?.isRegular == true,
            let handle = FileHandle(forReadingAtPath: path)
        else { return }
        defer { try? handle.close() }
        let start = (try? handle.read(upToCount: 16)) ?? Data()
        let text = String(decoding: start, as: UTF8.self)
        let kind: String
        if text.hasPrefix("SQLite format 3") {
            kind = "store"
        } else if start.starts(with: [0xFF, 0xD8, 0xFF]) || start.starts(with: [0x89, 0x50, 0x4E, 0x47])
            || (text.hasPrefix("RIFF") && start.dropFirst(8).starts(with: Array("WEBP".utf8)))
            || start.dropFirst(4).starts(with: Array("ftyp".utf8)) || text.hasPrefix("GIF8")
            || (text.hasPrefix("BM") && start.dropFirst(6).prefix(4).elementsEqual([0, 0, 0, 0]))
            || start.starts(with: [0x49, 0x49, 0x2A, 0]) || start.starts(with: [0x4D, 0x4D, 0, 0x2A])
            || start.starts(with: [0xFF, 0x0A]) || start.starts(with: [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20])
            || start.starts(with: [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) || text.hasPrefix("8BPS")
        {
            kind = "picture"
        } else {
            return
        }
        throw Failure.badOption(
            "\(SystemPath.shown(path)) is a \(kind), and would be overwritten", remedy: "write to another place")
    }

    deinit {
        // Work that ended early leaves no half-written file; one that was moved is not there any more.
        guard case .draft(let draft, _) = target else { return }
        UnfinishedFiles.shared.remove(draft.path.text)
        draft.discard()
    }

    /// The file behind links, whether it is there or not.
    private static func place(of path: String) throws -> String {
        do {
            return try SystemPath(path).resolved().text
        } catch {
            guard error.isMissing, !path.isEmpty else { throw Failure.cannotWrite(path, reason: error.reason) }
            return URL(filePath: path).resolvingSymlinksInPath().path
        }
    }

    private static func writing<Result>(
        _ name: String, _ work: () throws(SystemError) -> Result
    ) throws -> Result {
        do {
            return try work()
        } catch {
            throw Failure.cannotWrite(name, reason: error.reason)
        }
    }

    /// Adds `text`.
    func write(_ text: String) throws {
        try Self.writing(name) { () throws(SystemError) in
            switch target {
            case .open(let file): try file.write(Data(text.utf8))
            case .draft(let draft, _): try draft.write(Data(text.utf8))
            }
        }
    }

    /// Moves the file to its place, over what is there.
    func finish() throws {
        guard case .draft(let draft, let place) = target else { return }
        try move(draft, to: place)
    }

    /// Ends a file that is not whole, because the work was interrupted: it gets a name of its own, and what is at the
    /// place of the whole one stays.
    ///
    /// - Returns: Where the part is; `nil` where it went to the standard output, a pipe or a device.
    func keepPart() throws -> String? {
        guard case .draft(let draft, let place) = target else { return nil }
        let suffix = try Self.freeSuffix(of: place)
        try move(draft, to: place + suffix)
        return name + suffix
    }

    /// Takes a name for a part: `.partial`, with a number where that is taken.
    private static func freeSuffix(of place: String) throws -> String {
        for number in 1...9999 {
            let suffix = number == 1 ? ".partial" : ".partial-\(number)"
            let isFree = try writing(place + suffix, SystemPath(place + suffix).createPrivate)
            if isFree { return suffix }
        }
        throw Failure.cannotWrite(place + ".partial", reason: Reason.text(of: EEXIST))
    }

    private func move(_ draft: DraftFile, to place: String) throws {
        try Self.writing(name) { () throws(SystemError) in
            try draft.synchronize()
            try draft.move(to: SystemPath(place))
        }
        UnfinishedFiles.shared.remove(draft.path.text)
    }
}
