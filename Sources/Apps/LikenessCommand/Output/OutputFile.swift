import Foundation
import Pixels

/// Where results go: the standard output, or a file that appears when it is whole.
package final class OutputFile {
    private let name: String
    private let descriptor: Int32
    /// The unfinished file, and the place that it is moved to in the end.
    private let move: (from: String, to: String)?
    private var isOpen = true

    /// Opens the file at `path`; the standard output where it is `nil`.
    ///
    /// What stands at `path` stays until ``finish()``. A device or a pipe is written to as it is: to move a file there
    /// would put the file in the device's place.
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
        // Who may read the earlier file may read the new one, and nobody else.
        if exists { fchmod(descriptor, status.st_mode & 0o7777) }
        move = (partial, place)
        UnfinishedFiles.shared.add(partial)
    }

    /// Refuses, before any work, a place that nothing could be written to after it: a folder, a name that is a folder's, and
    /// a folder that is not there or may not be written to.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)``.
    package static func checkPlace(_ path: String) throws {
        func fail(_ reason: String) -> Failure { .cannotWrite(SystemPath.shown(path), reason: reason) }
        guard !path.isEmpty else {
            throw Failure.badOption("the name of a file to write is empty", remedy: "name a file")
        }
        guard SystemPath(path).isText else { throw fail("it is not UTF-8") }
        if FolderListing.isFolder(SystemPath(path)) { throw fail("it is a folder") }
        if path.hasSuffix("/") { throw fail("a name that ends with / is a folder's: name a file") }
        guard !FolderListing.exists(SystemPath(path)) else { return }
        let folder = URL(filePath: path).resolvingSymlinksInPath().deletingLastPathComponent().path
        guard access(folder, W_OK) == 0 else { throw fail(systemReason(errno)) }
    }

    /// Refuses to replace what no command writes as a result: a store or a picture was meant to be read.
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
            "\(SystemPath.shown(path)) is a \(kind), and would be overwritten", remedy: "write to another place")
    }

    deinit {
        if isOpen, descriptor != STDOUT_FILENO { Foundation.close(descriptor) }
        // Work that ended early leaves no half-written file; one that was moved is not there any more.
        if let move { UnfinishedFiles.shared.remove(move.from, deleting: true) }
    }

    /// The file behind links, whether it is there or not.
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

    /// Adds `text`.
    package func write(_ text: String) throws { try check(StandardStream.write(Data(text.utf8), to: descriptor)) }

    /// Moves the file to its place, over what is there.
    package func finish() throws {
        guard let move else { return }
        try close(into: move.to, from: move.from)
    }

    /// Ends a file that is not whole, because the work was interrupted: it gets a name of its own, and what is at the
    /// place of the whole one stays.
    ///
    /// - Returns: Where the part is; `nil` where it went to the standard output, a pipe or a device.
    package func keepPart() throws -> String? {
        guard let move else { return nil }
        let suffix = try Self.freeSuffix(of: move.to)
        try close(into: move.to + suffix, from: move.from)
        return name + suffix
    }

    /// Takes a name for a part: `.partial`, with a number where that is taken.
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
        // What is moved over an earlier file must be on the disk before: a crash would leave neither.
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
