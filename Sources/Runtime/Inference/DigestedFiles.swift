package import Foundation
package import LikenessSupport
import Synchronization

/// Digests of files that this process has read.
///
/// A network's file is digested before it is used, and its digest is needed again when it is compiled. It is then
/// computed again only if the file's device, inode, size or times have changed. One of them is the time of the last
/// status change (`ctime`), which programs can't set.
package enum DigestedFiles {
    private static let known = Mutex<[FileStatus: String]>([:])

    /// Returns the SHA-256 of the file at `url` in hexadecimal digits; `nil` if the file can't be read.
    ///
    /// - Throws: `DigestError` if the system's OpenSSL fails.
    package static func digest(of url: URL) throws(DigestError) -> String? {
        let path = SystemPath(url.path)
        let state = path.status
        if let state, let digest = known.withLock({ $0[state] }) { return digest }
        guard let digest = try SHA256(contentsOf: url)?.hexadecimal else { return nil }
        // If the file was written to in the meantime, it is digested again the next time.
        if let state, path.status == state { known.withLock { $0[state] = digest } }
        return digest
    }
}
