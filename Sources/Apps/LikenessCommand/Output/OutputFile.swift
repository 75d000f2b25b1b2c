import Foundation
import Pixels

/// The destination of the results: the standard output, or a file that appears when it is complete.
package final class OutputFile {
    private let name: String
    private let descriptor: Int32
    /// The unfinished file, and the path to which it is moved at the end.
    private let move: (from: String, to: String)?
    private var isOpen = true

    /// Opens the file at `path`, or the standard output if `path` is `nil`.
    ///
    /// An existing file at `path` stays until ``finish()``. A device or a pipe is written to directly, because moving a
    /// file to its path would replace it.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    package init(_ path: String?) throws {
        guard let path else {
            (name, descriptor, move) = ("the standard output", STDOUT_FILENO, nil)
            return
        }
        name = SystemPath.shown(path)
        try Self.checkPlace(path)
        var status = stat()
        let exists = stat(path, &status) == 0
        guard !exists || status.st_mode & S_IFMT == S_IFREG else {
            (descriptor, move) = (try Self.open(path, O_WRONLY | O_CLOEXEC, called: path), nil)
            return
        }
        try Self.checkReplaceable(path)
        let place = try Self.place(of: path)
        if exists, access(place, W_OK) != 0 { throw Failure.cannotWrite(path, reason: systemReason(errno)) }
        let file = URL(filePath: place)
        let draft = ".\(file.lastPathComponent.prefix(50)).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        let partial = file.deletingLastPathComponent().appending(path: draft).path
        descriptor = try Self.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, called: path)
        // The new file gets the permissions of the earlier one.
        if exists { fchmod(descriptor, status.st_mode & 0o7777) }
        move = (partial, place)
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
        guard access(folder, W_OK) == 0 else { throw fail(systemReason(errno)) }
    }

    /// Refuses to replace a store or a picture. No command writes these here, so the user probably meant it as an
    /// input.
    ///
    /// - Throws: ``Failure/badOption(_:)``.
    package static func checkReplaceable(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
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
        if isOpen, descriptor != STDOUT_FILENO { Foundation.close(descriptor) }
        // If the work ended early, the unfinished file is deleted. A file that was moved no longer exists under this
        // name.
        if let move { UnfinishedFiles.shared.remove(move.from, deleting: true) }
    }

    /// Returns `path` with links resolved, whether the file exists or not.
    private static func place(of path: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        if realpath(path, &buffer) != nil {
            return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        guard errno == ENOENT, !path.isEmpty else { throw Failure.cannotWrite(path, reason: systemReason(errno)) }
        return URL(filePath: path).resolvingSymlinksInPath().path
    }

    private static func open(_ place: String, _ flags: Int32, called path: String) throws -> Int32 {
        let descriptor = Foundation.open(place, flags, 0o666)
        guard descriptor >= 0 else { throw Failure.cannotWrite(path, reason: systemReason(errno)) }
        return descriptor
    }

    /// Appends `text`.
    package func write(_ text: String) throws { try check(StandardStream.write(Data(text.utf8), to: descriptor)) }

    /// Moves the file to its final path, and replaces a file that is there.
    package func finish() throws {
        guard let move else { return }
        try close(into: move.to, from: move.from)
    }

    /// Ends an incomplete file after an interruption. It gets a separate name, and a file at the final path is kept.
    ///
    /// - Returns: The path of the incomplete file; `nil` for the standard output, a pipe or a device.
    package func keepPart() throws -> String? {
        guard let move else { return nil }
        let suffix = try Self.freeSuffix(of: move.to)
        try close(into: move.to + suffix, from: move.from)
        return name + suffix
    }

    /// Reserves the suffix for an incomplete file: `.partial`, with a number if that name is taken.
    private static func freeSuffix(of place: String) throws -> String {
        for number in 1...9999 {
            let suffix = number == 1 ? ".partial" : ".partial-\(number)"
            let descriptor = Foundation.open(place + suffix, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                Foundation.close(descriptor)
                return suffix
            }
            guard errno == EEXIST else { throw Failure.cannotWrite(place + suffix, reason: systemReason(errno)) }
        }
        throw Failure.cannotWrite(place + ".partial", reason: systemReason(EEXIST))
    }

    private func close(into place: String, from partial: String) throws {
        // The data must be on the disk before it replaces an earlier file: otherwise, a crash could destroy both.
        try check(fsync(descriptor) == 0 ? 0 : errno)
        isOpen = false
        try check(Foundation.close(descriptor) == 0 ? 0 : errno)
        try check(rename(partial, place) == 0 ? 0 : errno)
        UnfinishedFiles.shared.remove(partial, deleting: false)
    }

    private func check(_ failure: Int32) throws {
        guard failure == 0 else { throw Failure.cannotWrite(name, reason: systemReason(failure)) }
    }
}
