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
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let draft = try DraftFile(SystemPath(directory.appending(path: "\(UUID().uuidString).part").path))
            try draft.write(try JSONEncoder().encode(record))
            try draft.move(to: SystemPath(place.path))
        } catch {
            // The draft is gone.
        }
    }

    private static func record(_ path: String, sha256: String) -> Record? {
        guard let status = SystemPath(path).status else { return nil }
        return Record(
            path: path, sha256: sha256, size: Int64(status.size), device: status.identity.device,
            inode: status.identity.inode, modified: [status.modified.seconds, status.modified.nanoseconds],
            changed: [status.changed.seconds, status.changed.nanoseconds])
    }
}
