import Foundation
import LikenessSupport
import Pixels
import Testing

@Suite("The name of the writing program")
struct ImageSoftwareTests {
    private let formats: [ImageEncoding] = [.jpeg(quality: 80), .png, .webp(quality: 80)]

    private func noise(_ width: Int, _ height: Int, _ random: inout SplitMix64) -> Image {
        var image = Image(width: width, height: height, color: .black)
        for index in image.pixels.indices { image.pixels[index] = UInt8(truncatingIfNeeded: random.next()) }
        return image
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "software-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try body(file.path)
    }

    @Test("The name is found again, and the pixels are the same as without it, at any size")
    func roundTrip() throws {
        var random = SplitMix64(state: 3)
        for _ in 0..<25 {
            let width = Int.random(in: 1...90, using: &random), height = Int.random(in: 1...90, using: &random)
            let image = noise(width, height, &random)
            for format in formats {
                let plain = try image.encoded(as: format), named = try image.encoded(as: format, software: "Likeness")
                #expect(try Image(decoding: named) == Image(decoding: plain), "\(format) \(width)x\(height)")
                try withFile(named) {
                    #expect(ImageSoftware.name(inFile: $0) == "Likeness", "\(format) \(width)x\(height)")
                }
                try withFile(plain) { #expect(ImageSoftware.name(inFile: $0) == nil) }
            }
        }
    }

    @Test("Characters that a format does not support are dropped; other files have no name")
    func oddNames() throws {
        var random = SplitMix64(state: 4)
        let image = noise(20, 12, &random)
        for format in formats {
            let named = try image.encoded(as: format, software: "a<b>\n\u{0}&é" + String(repeating: "x", count: 300))
            #expect(try Image(decoding: named).width == 20)
            try withFile(named) {
                #expect(ImageSoftware.name(inFile: $0) == "ab" + String(repeating: "x", count: 98), "\(format)")
            }
            // If the file is truncated anywhere or any byte changed, reading the name ends.
            for _ in 0..<200 {
                var damaged = named
                damaged[Int.random(in: 0..<min(120, named.count), using: &random)] = UInt8(
                    truncatingIfNeeded: random.next())
                try withFile(Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &random)))) {
                    _ = ImageSoftware.name(inFile: $0)
                }
            }
        }
        #expect(ImageSoftware.name(inFile: "/nonexistent/file") == nil)
        #expect(ImageSoftware.name(inFile: "/") == nil)
        try withFile([]) { #expect(ImageSoftware.name(inFile: $0) == nil) }
    }
}
