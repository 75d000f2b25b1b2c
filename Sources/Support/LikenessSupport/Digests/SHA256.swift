import CDigest
public import Foundation

/// The SHA-256 digest of bytes (FIPS 180-4), computed by the system's OpenSSL.
public struct SHA256: Sendable, Hashable {
    /// The digest, 32 bytes.
    public let bytes: Data

    /// Computes the digest of `data`.
    ///
    /// - Throws: ``DigestError`` if the system's OpenSSL fails.
    public init(of data: some ContiguousBytes) throws(DigestError) {
        var digest = [UInt8](repeating: 0, count: 32)
        let status = data.withUnsafeBytes { likeness_sha256($0.baseAddress, $0.count, &digest) }
        guard status == 0 else { throw DigestError() }
        bytes = Data(digest)
    }

    /// Computes the digest of a file, read block by block; `nil` if the file can't be read.
    ///
    /// - Throws: ``DigestError`` if the system's OpenSSL fails.
    public init?(contentsOf url: URL) throws(DigestError) {
        guard let file = try? RegularFile(SystemPath(url.path)).file else { return nil }
        var digest = [UInt8](repeating: 0, count: 32)
        let status = likeness_sha256_file(file.descriptor, &digest)
        guard status >= 0 else { throw DigestError() }
        guard status == 0 else { return nil }
        bytes = Data(digest)
    }

    /// The digest as 64 lowercase hexadecimal digits, as `sha256sum` writes it.
    public var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// The error that is thrown if OpenSSL can't compute digests, because it has no memory or its provider is missing.
public struct DigestError: LikenessError, Hashable {
    /// A stable name for programs.
    public var code: String { "digest_failed" }
    /// The category: OpenSSL can't be used.
    public var category: ErrorCategory { .unavailable }
    /// The problem in one clause.
    public var problem: String { "the system's OpenSSL can't make SHA-256 digests" }
    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? { "check its installation" }

    init() {}
}
