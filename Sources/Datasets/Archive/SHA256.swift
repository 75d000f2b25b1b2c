import CDigest
import Foundation

enum SHA256 {
    /// The digest of `data`, 64 hexadecimal digits.
    static func hexadecimal(of data: Data) throws -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = data.withUnsafeBytes { likeness_sha256($0.baseAddress, $0.count, &digest) }
        guard status == 0 else {
            throw ArchiveError.unwritable("a digest", reason: "the system's cryptography library refuses SHA-256")
        }
        return digest.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
