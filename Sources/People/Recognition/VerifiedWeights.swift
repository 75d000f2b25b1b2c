import Faces
import Foundation
import Inference
import LikenessSupport

/// Whether files of weights are those that their cards name.
///
/// A digest of 92 MB takes a tenth of a second, too long for every start. So a file whose digest was right is remembered
/// with its place, size, inode and times to the nanosecond; it is digested again when any of these has changed. Among the
/// times is that of the last change of the file's entry, which no program can set: a file that was written to and whose
/// modification time was set back is digested again too. What can't be noticed is a change underneath the file system;
/// `likeness doctor` digests every file each time.
struct VerifiedWeights {
    /// The folder of the records; made when it is first written to.
    let directory: URL

    /// What a file is known by.
    private struct Record: Codable, Equatable {
        var path: String
        var sha256: String
        var size: Int64
        var device: UInt64
        var inode: UInt64
        /// Seconds and nanoseconds.
        var modified: [Int]
        /// Likewise, of the last change of the file's entry.
        var changed: [Int]
    }

    /// Checks that `file` is what the card says of `weights`.
    ///
    /// - Throws: ``RecognitionError/damagedWeights(_:reason:)``.
    func check(_ file: URL, against weights: ModelCard.Weights) throws {
        guard let record = Self.record(file.path, sha256: weights.sha256) else {
            throw RecognitionError.damagedWeights(file.path, reason: "is missing")
        }
        guard record.size == weights.bytes else {
            throw RecognitionError.damagedWeights(
                file.path, reason: "has \(record.size) bytes where the card says \(weights.bytes)")
        }
        let place = try place(of: file)
        if let known = try? Data(contentsOf: place), (try? JSONDecoder().decode(Record.self, from: known)) == record {
            return
        }
        try Self.digest(file, weights)
        // The file may have been changed while it was read; then it is digested again the next time.
        guard Self.record(file.path, sha256: weights.sha256) == record else { return }
        remember(record, at: place)
    }

    /// The file's record has a name that its path gives: two files never share one.
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

    /// What can't be written down is digested again the next time.
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
