import Foundation

/// Where results go: the standard output, or a file that appears when it is whole.
final class OutputFile {
    private let name: String
    private let handle: FileHandle
    /// The unfinished file, and the place that it is moved to in the end.
    private let move: (from: String, to: String)?

    /// Opens the file at `path`; the standard output where it is `nil`.
    ///
    /// What stands at `path` stays until ``finish()``. A device or a pipe is written to as it is: to move a file there
    /// would put the file in the device's place.
    ///
    /// - Throws: ``Failure/cannotWrite(_:)``.
    init(_ path: String?) throws {
        guard let path else {
            (name, handle, move) = ("the standard output", .standardOutput, nil)
            return
        }
        name = path
        let file = URL(filePath: path).resolvingSymlinksInPath()
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
        let type = try? FileManager.default.attributesOfItem(atPath: file.path)[.type] as? FileAttributeType
        guard !exists || type == .typeRegular else {
            guard !isFolder.boolValue, let opened = FileHandle(forWritingAtPath: file.path) else {
                throw Failure.cannotWrite(path)
            }
            (handle, move) = (opened, nil)
            return
        }
        let process = ProcessInfo.processInfo.processIdentifier
        let partial = file.deletingLastPathComponent().appending(path: ".\(file.lastPathComponent).\(process)").path
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let opened = FileHandle(forWritingAtPath: partial)
        else { throw Failure.cannotWrite(path) }
        (handle, move) = (opened, (partial, file.path))
    }

    deinit {
        // Work that ended early leaves no half-written file; one that was moved is not there any more.
        if let move { unlink(move.from) }
    }

    /// Adds `text`.
    func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw Failure.cannotWrite(name)
        }
    }

    /// Moves the file to its place, over what is there.
    func finish() throws {
        guard let move else { return }
        do {
            try handle.close()
        } catch {
            throw Failure.cannotWrite(name)
        }
        guard rename(move.from, move.to) == 0 else { throw Failure.cannotWrite(name) }
    }
}
