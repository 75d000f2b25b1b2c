import CDigest
import Foundation

/// SHA-256, as `sha256sum` writes it.
enum FileDigest {
    /// 64 hexadecimal digits.
    static func hexadecimal(of data: Data) throws(TrainingError) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = data.withUnsafeBytes { likeness_sha256($0.baseAddress, $0.count, &digest) }
        guard status == 0 else { throw .digestFailed }
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
