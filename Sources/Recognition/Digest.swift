import CDigest
import Foundation

/// SHA-256 of bytes.
struct Digest {
    /// 32 bytes.
    let bytes: Data

    /// The digest of `data`.
    ///
    /// - Throws: ``RecognitionError/digestFailed`` where the system's cryptography library refuses.
    init(of data: some ContiguousBytes) throws {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = data.withUnsafeBytes { likeness_sha256($0.baseAddress, $0.count, &digest) }
        guard status == 0 else { throw RecognitionError.digestFailed }
        bytes = Data(digest)
    }

    /// 64 hexadecimal digits.
    var hexadecimal: String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
