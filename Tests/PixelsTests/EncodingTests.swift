import Foundation
import Pixels
import Testing

struct EncodingTests {
    @Test("PNG preserves every pixel", arguments: [(1, 1), (3, 2), (61, 43)])
    func png(width: Int, height: Int) throws {
        let image = noise(width: width, height: height, seed: 3)
        #expect(try Image(decoding: image.encoded(as: .png)) == image)
    }

    @Test("JPEG and WebP give nearly the same picture, closer at higher quality")
    func lossy() throws {
        let image = try Resource.expected("source")
        for make in [{ ImageEncoding.jpeg(quality: $0) }, { .webp(quality: $0) }] as [(Int) -> ImageEncoding] {
            let fine = try image.encoded(as: make(95)), coarse = try image.encoded(as: make(30))
            #expect(try ImageHeader(decoding: fine).format == make(95).format)
            let fineError = try meanDifference(Image(decoding: fine), image)
            let coarseError = try meanDifference(Image(decoding: coarse), image)
            #expect(fineError < 7 && fineError < coarseError)
            #expect(fine.count > coarse.count)
        }
    }

    @Test("Sides that a format does not support are an error")
    func sides() {
        let wide = Image(width: 70_000, height: 1)
        #expect(throws: ImageError.self) { try wide.encoded(as: .jpeg()) }
        #expect(throws: ImageError.self) { try wide.encoded(as: .webp()) }
        #expect(throws: Never.self) { try wide.encoded(as: .png) }
    }

    @Test("Files are written by their extension, completely, and replaced")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let image = noise(width: 20, height: 10, seed: 4)
        for (name, format) in [("a.jpg", ImageFormat.jpeg), ("b.PNG", .png), ("c.webp", .webp)] {
            let url = folder.appending(path: name)
            try Data("old".utf8).write(to: url)
            try image.write(to: url)
            #expect(try ImageHeader(contentsOf: url).format == format)
        }
        let bare = folder.appending(path: "d")
        try image.write(to: bare, as: .png)
        #expect(try Image(contentsOf: bare) == image)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 4)
        #expect(throws: ImageError.unsupportedFormat(name: "The extension 'heic'")) {
            try image.write(to: folder.appending(path: "e.heic"))
        }
        let error = #expect(throws: ImageError.self) { try image.write(to: folder.appending(path: "none/f.png")) }
        #expect(error?.code == "unwritable_file")
    }
}
