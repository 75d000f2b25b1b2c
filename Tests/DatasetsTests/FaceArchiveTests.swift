import Datasets
import Faces
import Foundation
import Pixels
import TestSupport
import Testing

private typealias Folder = TestSupport.TemporaryFolder

@Suite("Archives of faces")
struct FaceArchiveTests {
    private let face = Face(
        box: Box(x: 20, y: 18, width: 60, height: 70), confidence: 0.9,
        landmarks: Landmarks(
            leftEye: Point(x: 35.5, y: 40), rightEye: Point(x: 65, y: 41), nose: Point(x: 50, y: 58),
            leftMouth: Point(x: 38, y: 72), rightMouth: Point(x: 62, y: 73)))

    /// Returns a unique picture that is hard to compress.
    private func picture(_ number: Int, side: Int = 100) -> Image {
        var state = UInt32(number &+ 1)
        let pixels = (0..<side * side * 3).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        return Image(width: side, height: side, pixels: pixels)
    }

    private func crop(_ number: Int) throws -> LooseCrop {
        try LooseCrop(of: picture(number).encoded(as: .png), face: face)
    }

    private func entry(_ number: Int) -> IdentityList.Picture {
        IdentityList.Picture(file: "\(number).png", identity: number % 3 == 0 ? nil : "p\(number % 2)", line: number)
    }

    /// Packs pictures 0..<count, and leaves one out.
    private func pack(_ count: Int, to folder: URL) throws {
        let writer = try FaceArchiveWriter(folder: folder, detector: "drawn")
        for number in 0..<count { try writer.append(entry(number), crop(number), subset: "a") }
        try writer.skip("none.png", reason: "no face")
        try writer.finish()
    }

    private func url(_ folder: Folder) -> URL { folder.url.appending(path: "faces") }

    @Test("Only the owner can read an archive's files, during and after writing")
    func modes() throws {
        let folder = try Folder()
        func expectPrivate() throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: url(folder).path)
            #expect(names.count > 1)
            for name in names {
                let path = url(folder).appending(path: name).path
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(name)")
            }
        }
        let writer = try FaceArchiveWriter(folder: url(folder), detector: "drawn")
        try writer.append(entry(0), crop(0), subset: nil)
        try writer.flush()
        try expectPrivate()
        try writer.finish()
        try expectPrivate()
    }

    @Test("Two archives of the same detector are joined: faces, people and left-out pictures")
    func joined() throws {
        let folder = try Folder()
        try pack(3, to: url(folder))
        let more = folder.url.appending(path: "more")
        let writer = try FaceArchiveWriter(folder: more, detector: "drawn")
        for number in 7..<9 { try writer.append(entry(number), crop(number), subset: nil) }
        try writer.finish()
        let first = try FaceArchive(contentsOf: url(folder))
        let both = try first.joined(with: FaceArchive(contentsOf: more))
        #expect(both.entries.map(\.file) == [0, 1, 2, 7, 8].map { "\($0).png" })
        for (index, number) in [0, 1, 2, 7, 8].enumerated() { #expect(try both.image(at: index) == picture(number)) }
        #expect(both.skipped == first.skipped && both.header.entries == 5 && both.header.skipped == 1)
        #expect(both.header.parts.count == 2 && both.identities == ["p0", "p1"])

        let other = folder.url.appending(path: "other")
        let another = try FaceArchiveWriter(folder: other, detector: "seen")
        try another.append(entry(1), crop(1), subset: nil)
        try another.finish()
        #expect(throws: ArchiveError.otherDetector("drawn", "seen")) {
            try first.joined(with: FaceArchive(contentsOf: other))
        }
    }

    @Test("Packed pictures, faces, people and left-out pictures are read again")
    func roundTrip() throws {
        let folder = try Folder()
        try pack(5, to: url(folder))
        let archive = try FaceArchive(contentsOf: url(folder))
        #expect(archive.count == 5)
        #expect(archive.entries.map(\.file) == (0..<5).map { "\($0).png" })
        #expect(archive.entries.map(\.identity) == [nil, "p1", "p0", nil, "p0"])
        #expect(archive.identities == ["p0", "p1"])
        #expect(archive.indices(of: ["p0"]) == [2, 4])
        #expect(archive.skipped == [FaceArchive.Skipped(file: "none.png", reason: "no face")])
        #expect(archive.header.detector == "drawn")
        for index in [4, 0, 2] {
            #expect(try archive.image(at: index) == picture(index))
            #expect(archive.entries[index].face == face)
            #expect(archive.entries[index].subset == "a")
        }
        #expect(try folder.names() == ["faces"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: url(folder).path).sorted()
                == ["index.jsonl", "part-0001.bin"])
    }

    @Test("An empty archive is valid")
    func empty() throws {
        let folder = try Folder()
        try FaceArchiveWriter(folder: url(folder), detector: "drawn").finish()
        #expect(try FaceArchive(contentsOf: url(folder)).count == 0)
    }

    @Test("Parts do not exceed their size limit")
    func parts() throws {
        let folder = try Folder()
        let writer = try FaceArchiveWriter(
            folder: url(folder), detector: "drawn", crop: LooseCrop.Settings(side: 1000))
        let large = try LooseCrop(
            of: picture(1, side: 1000).encoded(as: .png), face: face, settings: LooseCrop.Settings(side: 1000))
        try #require(large.bytes.count > 2_900_000)
        for number in 0..<7 { try writer.append(entry(number), large) }
        try writer.finish()
        let archive = try FaceArchive(contentsOf: url(folder))
        #expect(archive.header.parts.count == 2)
        #expect(archive.header.parts.allSatisfy { $0.bytes <= 15 << 20 })
        #expect(archive.bytes(at: 6) == Data(large.bytes))
    }

    @Test("The error for a damaged, truncated or missing part names it")
    func damaged() throws {
        let folder = try Folder()
        try pack(3, to: url(folder))
        let part = url(folder).appending(path: "part-0001.bin")
        let whole = try Data(contentsOf: part)
        var changed = whole
        changed[whole.count / 2] ^= 1
        try changed.write(to: part)
        #expect { try FaceArchive(contentsOf: url(folder)) } throws: { error in
            "\(error)".contains("part-0001.bin") && "\(error)".contains("SHA-256")
        }
        try whole.dropLast().write(to: part)
        #expect { try FaceArchive(contentsOf: url(folder)) } throws: { error in
            "\(error)".contains("part-0001.bin") && "\(error)".contains("\(whole.count - 1) bytes")
        }
        try FileManager.default.removeItem(at: part)
        #expect(throws: ArchiveError.unreadablePart(part.path)) { try FaceArchive(contentsOf: url(folder)) }
    }

    @Test("Wrong counts, however large, are errors that name them", arguments: ["entries", "skipped"])
    func miscounted(field: String) throws {
        let folder = try Folder()
        try pack(3, to: url(folder))
        let index = url(folder).appending(path: "index.jsonl")
        let text = try String(contentsOf: index, encoding: .utf8)
        let found = field == "entries" ? 3 : 1
        for said in [1 << 40, Int.max, Int.min, -1, 0] {
            let changed = text.replacing("\"\(field)\":\(found)", with: "\"\(field)\":\(said)")
            #expect(changed != text)
            try Data(changed.utf8).write(to: index)
            #expect(throws: ArchiveError.miscounted(index.path, field: field, said: said, found: found)) {
                try FaceArchive(contentsOf: url(folder))
            }
        }
    }

    @Test(
        "Places, boxes and scales that no packer writes are damage, in an index and in a journal",
        arguments: [
            #""place":[0,9223372036854775807,9223372036854775807]"#, #""place":[9223372036854775807,0,1]"#,
            #""place":[0,-1,5]"#, #""place":[0,1]"#, #""scale":0"#, #""scale":1e-60"#,
            #""box":[0,0,1e30,1]"#, #""box":[0,0,1]"#,
        ])
    func impossible(field: String) throws {
        let folder = try Folder()
        try pack(3, to: url(folder))
        let index = url(folder).appending(path: "index.jsonl")
        var lines = try String(contentsOf: index, encoding: .utf8).split(separator: "\n").map(String.init)
        let name = field.prefix { $0 != ":" }
        let value = try Regex("\(name):(\\[[^\\]]*\\]|[0-9.e-]+)")
        lines[1] = lines[1].replacing(value, with: field)
        try Data(lines.joined(separator: "\n").utf8).write(to: index)
        #expect(throws: ArchiveError.damagedIndex(index.path, line: 2)) { try FaceArchive(contentsOf: url(folder)) }
        // With the same line in the journal of an interrupted packing, that line and the following ones are packed
        // again.
        let other = try Folder()
        do {
            let writer = try FaceArchiveWriter(folder: url(other), detector: "drawn")
            try writer.append(entry(0), crop(0))
            try writer.flush()
        }
        let journal = url(other).appending(path: "index.partial")
        let begun = try Data(contentsOf: journal)
        try (begun + Data((lines[1] + "\n").utf8)).write(to: journal)
        #expect(try FaceArchiveWriter(folder: url(other), detector: "drawn").files == ["0.png"])
    }

    @Test("The error for a damaged index names the line; a folder without an index is not an archive")
    func damagedIndex() throws {
        let folder = try Folder()
        try pack(3, to: url(folder))
        let index = url(folder).appending(path: "index.jsonl")
        var lines = try String(contentsOf: index, encoding: .utf8).split(separator: "\n").map(String.init)
        let third = lines[2]
        lines[2] = "{\"file\": 3}"
        try Data(lines.joined(separator: "\n").utf8).write(to: index)
        #expect(throws: ArchiveError.damagedIndex(index.path, line: 3)) { try FaceArchive(contentsOf: url(folder)) }
        lines[2] = third.replacingOccurrences(of: "\"place\":[0,", with: "\"place\":[9,")
        try Data(lines.joined(separator: "\n").utf8).write(to: index)
        #expect(throws: ArchiveError.damagedIndex(index.path, line: 3)) { try FaceArchive(contentsOf: url(folder)) }
        try Data(lines.dropLast().joined(separator: "\n").utf8).write(to: index)
        #expect(throws: ArchiveError.self) { try FaceArchive(contentsOf: url(folder)) }
        #expect { try FaceArchive(contentsOf: folder.url) } throws: { "\($0)".contains("no index.jsonl") }
    }

    @Test("A writer continues after an interruption at any point")
    func resumed() throws {
        let folder = try Folder(), whole = try Folder()
        try pack(6, to: url(whole))
        do {
            let first = try FaceArchiveWriter(folder: url(folder), detector: "drawn")
            for number in 0..<3 { try first.append(entry(number), crop(number), subset: "a") }
            try first.flush()
            try first.append(entry(3), crop(3), subset: "a")
        }
        #expect { try FaceArchive(contentsOf: url(folder)) } throws: { "\($0)".contains("was not finished") }
        // As after a power failure in the middle of a line.
        let journal = try FileHandle(forUpdating: url(folder).appending(path: "index.partial"))
        try journal.seekToEnd()
        try journal.write(contentsOf: Data("{\"file\":\"3.png\",\"iden".utf8))
        try journal.close()
        let second = try FaceArchiveWriter(folder: url(folder), detector: "drawn")
        #expect(second.files == ["0.png", "1.png", "2.png"])
        for number in [5, 4, 3] { try second.append(entry(number), crop(number), subset: "a") }
        try second.skip("none.png", reason: "no face")
        try second.finish(order: (0..<6).map { "\($0).png" })
        let (resumed, expected) = (
            try FaceArchive(contentsOf: url(folder)), try FaceArchive(contentsOf: url(whole))
        )
        #expect(resumed.entries.map(\.file) == expected.entries.map(\.file))
        for index in 0..<6 { #expect(resumed.bytes(at: index) == expected.bytes(at: index)) }
    }

    @Test("Two writers, other settings and a finished archive are refused")
    func refused() throws {
        let folder = try Folder()
        do {
            let writer = try FaceArchiveWriter(folder: url(folder), detector: "drawn")
            #expect(throws: ArchiveError.busy(url(folder).path)) {
                try FaceArchiveWriter(folder: url(folder), detector: "drawn")
            }
            try writer.append(entry(1), crop(1))
            try writer.flush()
        }
        #expect { try FaceArchiveWriter(folder: url(folder), detector: "other") } throws: { error in
            "\(error)".contains("started with drawn") && "\(error)".contains("not with other")
        }
        try FaceArchiveWriter(folder: url(folder), detector: "drawn").finish()
        #expect(throws: ArchiveError.finished(url(folder).path)) {
            try FaceArchiveWriter(folder: url(folder), detector: "drawn")
        }
    }
}

@Suite("Loose crops")
struct LooseCropTests {
    private func face(x: Float, y: Float, side: Float) -> Face {
        let shares: [(Float, Float)] = [(0.25, 0.4), (0.65, 0.4), (0.45, 0.6), (0.3, 0.8), (0.6, 0.8)]
        let points = shares.map { Point(x: x + side * $0, y: y + side * $1) }
        return Face(
            box: Box(x: x, y: y, width: side * 0.8, height: side), confidence: 1, landmarks: Landmarks(points: points))
    }

    /// Returns a picture in which red increases to the right and green downward.
    private func ramp(side: Int) -> Image {
        var pixels: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side { pixels += [UInt8(x * 255 / side), UInt8(y * 255 / side), 90] }
        }
        return Image(width: side, height: side, pixels: pixels)
    }

    @Test("A small picture is kept byte for byte")
    func verbatim() throws {
        let bytes = try ramp(side: 160).encoded(as: .jpeg(quality: 60))
        let crop = try LooseCrop(of: bytes, face: face(x: 30, y: 30, side: 90))
        #expect(crop.bytes == bytes)
        #expect(crop.face == face(x: 30, y: 30, side: 90))
        #expect(crop.scale == 1)
    }

    @Test("From a large picture, the square is cut out and shrunk, with the face in the same place")
    func cut() throws {
        let picture = ramp(side: 1000)
        let original = face(x: 400, y: 300, side: 300)
        let crop = try LooseCrop(of: picture.encoded(as: .png), face: original)
        let image = try Image(decoding: crop.bytes)
        #expect(image.width == 192 && image.height == 192)
        #expect(abs(crop.scale - 192 / 510) < 1e-4)
        #expect(abs(crop.face.box.width - 240 * crop.scale) < 1e-3)
        for template in [AlignmentTemplate.box(size: 80, margin: 0), .arcface(size: 80)] {
            let direct = picture.warped(by: try original.transform(to: template), width: 80, height: 80)
            let packed = image.warped(by: try crop.face.transform(to: template), width: 80, height: 80)
            for (a, b) in zip(direct.pixels, packed.pixels) { #expect(abs(Int(a) - Int(b)) <= 6) }
        }
    }

    @Test("A crop ends at the picture's edge; a face outside is refused")
    func edge() throws {
        let bytes = try ramp(side: 400).encoded(as: .png)
        let crop = try LooseCrop(of: bytes, face: face(x: 300, y: 10, side: 100))
        let image = try Image(decoding: crop.bytes)
        #expect(image.width < image.height || image.height < 170)
        #expect(image.pixels.min() ?? 0 < 90)
        #expect(throws: FaceError.degenerateLandmarks) {
            try LooseCrop(of: bytes, face: face(x: 900, y: 900, side: 100))
        }
        #expect(throws: ImageError.self) { try LooseCrop(of: [1, 2, 3], face: face(x: 0, y: 0, side: 10)) }
    }
}
