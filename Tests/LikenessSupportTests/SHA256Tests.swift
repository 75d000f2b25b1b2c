import Foundation
import LikenessSupport
import Testing

/// The examples of FIPS 180-4 (https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values).
struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]) func examples(text: String, digest: String) throws {
        #expect(try SHA256(of: Data(text.utf8)).hexadecimal == digest)
        #expect(try SHA256(of: Array(text.utf8)).bytes.count == 32)
    }

    @Test func aSliceIsItsOwnBytes() throws {
        let data = Data("xabcx".utf8)
        #expect(try SHA256(of: data[1..<4]) == SHA256(of: Data("abc".utf8)))
    }

    /// Tests an empty file, and files shorter than, as long as, and longer than one read.
    @Test(arguments: [0, 1000, 1 << 18, 1_000_003]) func aFileHasTheDigestOfItsBytes(count: Int) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try data.write(to: file)
        #expect(try SHA256(contentsOf: file) == SHA256(of: data))
    }

    @Test func aFileThatCantBeReadHasNone() throws {
        let folder = FileManager.default.temporaryDirectory
        #expect(try SHA256(contentsOf: folder) == nil)
        #expect(try SHA256(contentsOf: folder.appending(path: "likeness-\(UUID().uuidString)")) == nil)
    }
}
