import Foundation
import LikenessSupport

/// A folder of files that is never visible while incomplete. `SHA256SUMS` holds the digest of each file, so that
/// `sha256sum --check SHA256SUMS` can check the folder too.
enum SealedFolder {
    /// The reason why a folder can't be trusted.
    struct Damage: LikenessError {
        let reason: String

        var code: String { "training_failed" }
        var category: ErrorCategory { .badData }
        var problem: String { "a checkpoint is damaged: \(reason)" }
        var remedy: String? { nil }
    }

    private static let sums = "SHA256SUMS"

    /// Writes the files to a temporary folder, flushes them to the disk, and renames the folder to its final name.
    static func write(_ files: [String: Data], to folder: URL) throws {
        let parent = folder.deletingLastPathComponent()
        let partial = parent.appending(path: ".partial-\(UUID().uuidString)", directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
            var lines = ""
            for (name, data) in files.sorted(by: { $0.key < $1.key }) {
                try put(data, at: partial.appending(path: name))
                lines += "\(try SHA256(of: data).hexadecimal)  \(name)\n"
            }
            try put(Data(lines.utf8), at: partial.appending(path: sums))
            if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
            try FileManager.default.moveItem(at: partial, to: folder)
        } catch {
            try? FileManager.default.removeItem(at: partial)
            if error is DigestError { throw error }
            throw TrainingError.unwritable(folder.path, reason: Reason.text(of: error))
        }
    }

    /// Returns the files of a folder after comparing each with its digest.
    ///
    /// - Parameter names: The files that must exist.
    /// - Throws: ``Damage``.
    static func read(_ names: [String], from folder: URL) throws -> [String: Data] {
        guard let text = try? String(contentsOf: folder.appending(path: sums), encoding: .utf8) else {
            throw Damage(reason: "it has no \(sums)")
        }
        var digests: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            if parts.count == 2 { digests[parts[1].trimmingCharacters(in: .whitespaces)] = String(parts[0]) }
        }
        var files: [String: Data] = [:]
        for name in names {
            guard let data = try? Data(contentsOf: folder.appending(path: name)) else {
                throw Damage(reason: "it has no \(name)")
            }
            guard try digests[name] == SHA256(of: data).hexadecimal else {
                throw Damage(reason: "\(name) differs from the file that was written")
            }
            files[name] = data
        }
        return files
    }

    private static func put(_ data: Data, at file: URL) throws {
        try data.write(to: file)
        let handle = try FileHandle(forUpdating: file)
        defer { try? handle.close() }
        try handle.synchronize()
    }
}
