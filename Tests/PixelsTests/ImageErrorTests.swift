import Foundation
import Pixels
import Testing

/// Each fault of a file has its own error, with a code for programs.
struct ImageErrorTests {
    private func error(_ body: () throws -> Image) -> ImageError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? ImageError
        }
    }

    @Test("An empty file")
    func empty() {
        #expect(error { try Image(decoding: [UInt8]()) } == .emptyFile)
    }

    @Test(
        "Pictures of other formats are named",
        arguments: [
            ("GIF89a......", "GIF"), ("II*\0........", "TIFF"), ("MM\0*........", "TIFF"), ("%PDF-1.7\n", "PDF"),
            ("\0\0\0\u{18}ftypisom\0\0\0\0", "Video"),
            ("BM\u{36}\0\0\0\0\0\0\0\u{36}\0", "BMP"), ("<svg xmlns=''>", "SVG"), ("8BPS\0\u{1}", "Photoshop's PSD"),
        ])
    func unsupported(content: String, name: String) {
        let found = error { try Image(decoding: Array(content.utf8)) }
        #expect(found == .unsupportedFormat(name: name))
        #expect(found?.code == "unsupported_image_format")
    }

    @Test(
        "Text is told from pictures, also with letters of several bytes", arguments: ["Hello.\n", "Grüße, 世界", "BMW"])
    func text(content: String) {
        #expect(error { try Image(decoding: Array(content.utf8)) } == .notAnImage(found: "text"))
    }

    @Test("Text that is truncated within a character is still text")
    func cutText() {
        let bytes = [UInt8](String(repeating: "x", count: 511).utf8) + Array("é".utf8)
        #expect(error { try Image(decoding: bytes) } == .notAnImage(found: "text"))
    }

    @Test("Bytes of an unknown format")
    func unknown() {
        let found = error { try Image(decoding: [0x00, 0x9C, 0x01, 0xFE, 0x33, 0x00, 0x12, 0x80]) }
        #expect(found?.code == "not_an_image")
    }

    @Test("The name does not matter: a PNG named .jpg is read")
    func wrongName() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jpg")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(Resource.bytes("rgb-8.png")).write(to: url)
        #expect(try Image(contentsOf: url) == Resource.expected("rgb-8"))
    }

    @Test("Missing files, folders and files over the limit")
    func files() throws {
        let missing = URL(filePath: "/nowhere/at/all.jpg")
        #expect(error { try Image(contentsOf: missing) } == .fileNotFound(path: "/nowhere/at/all.jpg"))
        let folder = error { try Image(contentsOf: FileManager.default.temporaryDirectory) }
        #expect(folder?.code == "unreadable_file")
        let bytes = try Resource.bytes("rgb-8.png")
        let small = DecodingLimits(bytes: bytes.count - 1)
        #expect(
            error { try Image(contentsOf: Resource.url("rgb-8.png"), limits: small) }
                == .fileTooLarge(bytes: bytes.count, limit: bytes.count - 1))
        #expect(error { try Image(decoding: bytes, limits: small) }?.code == "file_too_large")
        #expect(try Image(decoding: bytes, limits: DecodingLimits(bytes: bytes.count)).width == 13)
    }

    @Test("Pipes and devices are refused at once, because reading them may never end", .timeLimit(.minutes(30)))
    func pipesAndDevices() throws {
        let pipe = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).jpg")
        try #require(mkfifo(pipe.path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(at: pipe) }
        for (path, what) in [(pipe.path, "it is a pipe"), ("/dev/zero", "it is a device"), ("/dev", "it is a folder")] {
            let expected = ImageError.unreadableFile(path: path, reason: what)
            #expect(error { try Image(contentsOf: URL(filePath: path)) } == expected)
            #expect(throws: expected) { try ImageHeader(contentsOf: URL(filePath: path)) }
        }
    }

    @Test(
        "A picture over the limit is refused by its header",
        arguments: ["jpeg-420.jpg", "lossless.webp", "interlaced.png"])
    func largePicture(name: String) throws {
        let header = try ImageHeader(contentsOf: Resource.url(name))
        let pixels = header.width * header.height
        let refused = error { try Image(contentsOf: Resource.url(name), limits: DecodingLimits(pixels: pixels - 1)) }
        #expect(refused == .imageTooLarge(width: header.width, height: header.height, limit: pixels - 1))
        #expect(
            try Image(contentsOf: Resource.url(name), limits: DecodingLimits(pixels: pixels)).height == header.height)
    }

    @Test("A claim of terapixels costs nothing")
    func hugeClaims() throws {
        var png = try Resource.bytes("rgb-8.png")
        png.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
        #expect(error { try Image(decoding: png) }?.code == "image_too_large")
        var jpeg = try Resource.bytes("jpeg-420.jpg")
        let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(error { try Image(decoding: jpeg) } == .imageTooLarge(width: 65535, height: 65535, limit: 250_000_000))
    }

    @Test("A progressive JPEG with hundreds of scans is refused")
    func manyScans() throws {
        let bytes = try Resource.bytes("progressive.jpg")
        let scans = bytes.indices.dropLast().filter { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA }
        // The second scan of a script has details; the decoder reads it again and again.
        let scan = Array(bytes[scans[1]..<scans[2]])
        let bomb = bytes[..<scans[2]] + Array(repeating: scan, count: 500).joined() + bytes[scans[2]...]
        #expect(error { try Image(decoding: Array(bomb)) } == .tooManyScans(limit: 64))
        #expect(error { try Image(decoding: bytes, limits: DecodingLimits(scans: 3)) } == .tooManyScans(limit: 3))
    }

    @Test("Damage in the middle is distinguished from a missing end")
    func corrupt() throws {
        var png = try Resource.bytes("interlaced.png")
        png[png.count / 2] ^= 0xFF
        #expect(error { try Image(decoding: png) }?.code == "corrupt_image")
        var jpeg = try Resource.bytes("restarts.jpg")
        jpeg.replaceSubrange(jpeg.count - 60..<jpeg.count - 40, with: [UInt8](repeating: 0xFF, count: 19) + [0xD9])
        #expect(error { try Image(decoding: jpeg) }?.code == "corrupt_image")
        var webp = try Resource.bytes("lossless.webp")
        webp.replaceSubrange(40..<80, with: [UInt8](repeating: 0xFF, count: 40))
        #expect(error { try Image(decoding: webp) }?.code == "corrupt_image")
    }

    @Test("Codes are stable and distinct, and every message is a sentence")
    func codes() {
        let errors: [(ImageError, String)] = [
            (.fileNotFound(path: "a"), "file_not_found"), (.unreadableFile(path: "a", reason: "b"), "unreadable_file"),
            (.unwritableFile(path: "a", reason: "b"), "unwritable_file"), (.emptyFile, "empty_file"),
            (.fileTooLarge(bytes: 2, limit: 1), "file_too_large"),
            (.imageTooLarge(width: 2, height: 2, limit: 1), "image_too_large"),
            (.unsupportedFormat(name: "HEIC"), "unsupported_image_format"),
            (.unsupportedFeature(format: .jpeg, detail: "d"), "unsupported_image_feature"),
            (.notAnImage(found: "text"), "not_an_image"), (.truncated(format: .png), "truncated_image"),
            (.corrupt(format: .webp, detail: "d"), "corrupt_image"), (.tooManyScans(limit: 1), "too_many_scans"),
            (.outOfMemory, "out_of_memory"), (.memoryLimit(needed: 2, limit: 1), "memory_limit"),
            (.decoderMissing(format: .heic, what: "w"), "decoder_missing"),
            (.decoderTimedOut(format: .avif, seconds: 1), "decoder_timed_out"),
        ]
        for (error, code) in errors {
            #expect(error.code == code)
            #expect("\(error)".hasPrefix(error.problem) && error.remedy.map("\(error)".hasSuffix) == true)
        }
        #expect(Set(errors.map(\.1)).count == errors.count)
    }
}
