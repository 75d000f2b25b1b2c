package import Foundation
package import LikenessSupport
import Synchronization

/// Digests of files that this process has read.
///
/// A network's file is digested before it is used, and its digest is needed again when it is compiled. It is then
/// computed again only if the file's device, inode, size or times have changed. One of them is the time of the last
/// status change (`ctime`), which programs can't set.
package enum DigestedFiles {
    private struct State: Hashable {
        let device: UInt64, inode: UInt64, size: Int64
        /// Seconds and nanoseconds of the last changes of the contents and of the status.
        let modified: [Int], changed: [Int]

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            #if canImport(Darwin)
            let times = (status.st_mtimespec, status.st_ctimespec)
            #else
            let times = (status.st_mtim, status.st_ctim)
            #endif
            (device, inode) = (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino))
            size = Int64(status.st_size)
            modified = [Int(times.0.tv_sec), Int(times.0.tv_nsec)]
            changed = [Int(times.1.tv_sec), Int(times.1.tv_nsec)]
        }
    }

    private static let known = Mutex<[State: String]>([:])

    /// Returns the SHA-256 of the file at `url` in hexadecimal digits; `nil` if the file can't be read.
    ///
    /// - Throws: `DigestError` if the system's OpenSSL fails.
    package static func digest(of url: URL) throws(DigestError) -> String? {
        let state = State(url.path)
        if let state, let digest = known.withLock({ $0[state] }) { return digest }
        guard let digest = try SHA256(contentsOf: url)?.hexadecimal else { return nil }
        // If the file was written to in the meantime, it is digested again the next time.
        if let state, State(url.path) == state { known.withLock { $0[state] = digest } }
        return digest
    }
}
