package import Foundation
package import LikenessSupport
import Synchronization

/// Digests of files that this process has read.
///
/// A network's file is digested before it is used and once more when it is compiled. In between it is digested again only if
/// its place, size, inode or times have changed; the time of the last change of its entry is one that no program can set.
package enum DigestedFiles {
    private static let known = Mutex<[FileStatus: String]>([:])

    /// The SHA-256 of the file at `url`, in hexadecimal digits; `nil` if the file can't be read.
    ///
    /// - Throws: `DigestError` if the system's OpenSSL refuses.
    package static func digest(of url: URL) throws(DigestError) -> String? {
        let path = SystemPath(url.path)
        let state = path.status
        if let state, let digest = known.withLock({ $0[state] }) { return digest }
        guard let digest = try SHA256(contentsOf: url)?.hexadecimal else { return nil }
        // A file that was written to meanwhile is digested again the next time.
        if let state, path.status == state { known.withLock { $0[state] = digest } }
        return digest
    }
}
