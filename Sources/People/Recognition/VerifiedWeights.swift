import Faces
import Foundation
import Inference
import LikenessSupport

/// Verifies that weight files are those that their cards name.
///
/// Hashing 92 MB takes a tenth of a second, too long for every start. So once a file's digest has been found right, the
/// file is recorded with its path, size, inode and times to the nanosecond; it is hashed again when any of these has
/// changed. One of the times is the last change of the inode (ctime), which programs can't set: a file that was
/// modified and whose modification time was then reset is hashed again too. Only a change below the file system goes
/// unnoticed; `likeness doctor` hashes every file each time.
struct VerifiedWeights {
    /// The folder of the records; created with the first record.
    let directory: URL

    /// The properties by which a file is recognized.
    private struct Record: Codable, Equatable {
        var path: String
        var sha256: String
        var size: Int64
        var device: UInt64
        var inode: UInt64
        /// The modification time, in seconds and nanoseconds.
        var modified: [Int]
        /// The time of the last change of the inode, in the same form.
        var changed: [Int]
    }

    /// Verifies that `file` is the one that the card describes as `weights`.
    ///
    /// - Throws: ``RecognitionError/damagedWeights(_:reason:)``.
    func check(_ file: URL, against weights: ModelCard.Weights) throws {
        guard let record = Self.record(file.path, sha256: weights.sha256) else {
            throw RecognitionError.damagedWeights(file.path, reason: "is missing")
        }
        guard record.size == weights.bytes else {
            throw RecognitionError.damagedWeights(
                file.path, reason: "has \(record.size) bytes, but the card says \(weights.bytes)")
        }
        let place = try place(of: file)
        if let known = try? Data(contentsOf: place), (try? JSONDecoder().decode(Record.self, from: known)) == record {
            return
        }
        try Self.digest(file, weights)
        // The file may have been changed while it was read; if so, it is hashed again the next time.
        guard Self.record(file.path, sha256: weights.sha256) == record else { return }
        remember(record, at: place)
    }

    /// Returns the file's record, whose name is derived from the path, so that two files never share one.
    private func place(of file: URL) throws -> URL {
        let name = try SHA256(of: Data(file.path.utf8)).hexadecimal.prefix(32)
        return directory.appending(path: "\(name).verified")
    }

    private static func digest(_ file: URL, _ weights: ModelCard.Weights) throws {
        guard let digest = try DigestedFiles.digest(of: file) else {
            throw RecognitionError.damagedWeights(file.path, reason: "can't be read")
        }
        guard digest == weights.sha256 else {
            throw RecognitionError.damagedWeights(
                file.path, reason: "is not the file that the model's card names (its SHA-256 is \(digest))")
        }
    }

    /// Remembers a record. If it can't be written, the file is simply hashed again the next time.
    private func remember(_ record: Record, at place: URL) {
        let files = FileManager.default
        let draft = directory.appending(path: "\(UUID().uuidString).part")
        do {
            try files.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard
                files.createFile(
                    atPath: draft.path, contents: try JSONEncoder().encode(record),
                    attributes: [.posixPermissions: 0o600]), rename(draft.path, place.path) == 0
            else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? files.removeItem(at: draft)
        }
    }

    private static func record(_ path: String, sha256: String) -> Record? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        return Record(
            path: path, sha256: sha256, size: Int64(status.st_size), device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(status.st_ino), modified: [Int(modified.tv_sec), Int(modified.tv_nsec)],
            changed: [Int(changed.tv_sec), Int(changed.tv_nsec)])
    }
}
