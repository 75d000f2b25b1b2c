import Foundation
import LikenessSupport
import Pixels

/// The destination of the results: the standard output, or a file that appears when it is complete.
package final class OutputFile {
    private let name: String
    private let target: Target

    private enum Target {
        /// What is written to as it is.
        case open(OpenFile)
        /// The unfinished file, and the path to which it is moved at the end.
        case draft(DraftFile, place: String)
    }

    /// Opens the file at `path`, or the standard output if `path` is `nil`.
    ///
    /// An existing file at `path` stays until ``finish()``. A device or a pipe is written to directly, because moving a
    /// file to its path would replace it.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    package init(_ path: String?) throws {
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
        // The new file gets the permissions of the earlier one.
        if let status { try? draft.setPermissions(status.permissions) }
        target = .draft(draft, place: place)
        UnfinishedFiles.shared.add(partial)
    }

    /// Checks, before the work begins, that a file can be written to `path`: it must not be a folder or end with a
    /// slash, and its folder must exist and be writable.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    package static func checkPlace(_ path: String) throws {
        func fail(_ reason: String) -> Failure { .cannotWrite(SystemPath.shown(path), reason: reason) }
        guard !path.isEmpty else {
            throw Failure.badOption("the name of an output file is empty", remedy: "name a file")
        }
        guard SystemPath(path).isText else { throw fail("it is not UTF-8") }
        if FolderListing.isFolder(SystemPath(path)) { throw fail("it is a folder") }
        if path.hasSuffix("/") { throw fail("a name that ends with / is the name of a folder; name a file") }
        guard !FolderListing.exists(SystemPath(path)) else { return }
        let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
        do {
            try SystemPath(folder).checkWritable()
        } catch {
            throw fail(error.reason)
        }
    }

    /// Refuses to replace a store or a picture. No command writes these here, so the user probably meant it as an
    /// input.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    package static func checkReplaceable(_ path: String) throws {
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
            "\(SystemPath.shown(path)) is a \(kind), and would be overwritten", remedy: "choose another output path")
    }

    deinit {
        // If the work ended early, the unfinished file is deleted. A file that was moved no longer exists under this
        // name.
        guard case .draft(let draft, _) = target else { return }
        UnfinishedFiles.shared.remove(draft.path.text)
        draft.discard()
    }

    /// Returns `path` with links resolved, whether the file exists or not.
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
    package func write(_ text: String) throws {
        try Self.writing(name) { () throws(SystemError) in
            switch target {
            case .open(let file): try file.write(Data(text.utf8))
            case .draft(let draft, _): try draft.write(Data(text.utf8))
            }
        }
    }

    /// Moves the file to its place, over what is there.
    package func finish() throws {
        guard case .draft(let draft, let place) = target else { return }
        try move(draft, to: place)
    }

    /// Ends an incomplete file after an interruption. It gets a separate name, and a file at the final path is kept.
    ///
    /// - Returns: Where the part is; `nil` where it went to the standard output, a pipe or a device.
    package func keepPart() throws -> String? {
        guard case .draft(let draft, let place) = target else { return nil }
        let suffix = try Self.freeSuffix(of: place)
        try move(draft, to: place + suffix)
        return name + suffix
    }

    /// Reserves the suffix for an incomplete file: `.partial`, with a number if that name is taken.
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
