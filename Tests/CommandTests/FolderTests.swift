import Foundation
import TestSupport
import Testing

@Suite("Folders with unusual files", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct FolderTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.blank("in/a.png")
    }

    private func records(_ arguments: String, status: Int32) throws -> [[String: any Sendable]] {
        let outcome = try shell("\"$LIKENESS\" \(arguments) --enhance off --format jsonl", in: folder)
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        return try outcome.jsonLines()
    }

    private func code(_ record: [String: any Sendable]) -> String? {
        (record["error"] as? [String: any Sendable])?["code"] as? String
    }

    @Test("A pipe, a socket, a device and dangling links fail at once")
    func special() throws {
        _ = try shell(
            """
            mkfifo in/pipe.jpg; ln -s /dev/zero in/zero.jpg; ln -s loop.jpg in/loop.jpg; ln -s nothing.jpg in/dangling.jpg
            ln -s . in/itself; ln -s a.png in/link.png
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("in/socket.jpg")'
            """, in: folder)
        let records = try records("detect in --recursive", status: 3)
        let found = Dictionary(uniqueKeysWithValues: records.map { ($0["image"] as? String ?? "", code($0) ?? "read") })
        #expect(
            found == [
                "in/a.png": "read", "in/link.png": "read", "in/dangling.jpg": "file_not_found",
                "in/loop.jpg": "unreadable_file", "in/pipe.jpg": "unreadable_file", "in/socket.jpg": "unreadable_file",
                "in/zero.jpg": "unreadable_file",
            ])
        #expect(try self.records("detect in/pipe.jpg", status: 66).count == 1)
        #expect(try self.records("detect <(cat in/a.png)", status: 0).count == 1, "what the shell opens is read")
    }

    @Test("Names that are not UTF-8 can be read, matched by patterns and written")
    func bytes() throws {
        _ = try shell(
            """
            mkdir "$(printf 'in/d\\xfe')"; cp in/a.png "$(printf 'in/b\\xff.png')"; cp in/a.png "$(printf \
            'in/d\\xfe/c\\xff.png')"
            """,
            in: folder)
        let all = try records("detect in --recursive", status: 0)
        #expect(all.compactMap { $0["image"] as? String } == ["in/a.png", #"in/b\xFF.png"#, #"in/d\xFE/c\xFF.png"#])
        #expect(try records("detect \"$(printf 'in/b\\xff.png')\"", status: 0).count == 1)
        #expect(try records("detect 'in/b*.png'", status: 0).count == 1)
        let drawn = try shell("\"$LIKENESS\" detect in --annotate drawn --enhance off --quiet; ls drawn", in: folder)
        #expect(drawn.output.hasSuffix("a.jpg\nb\\xFF.jpg\n"))
        let unlabelled = try shell(
            "\"$LIKENESS\" pack --unlabelled in --to archive; cat archive/index.jsonl | wc -l", in: folder)
        #expect(unlabelled.output == "4\n", "three pictures without a face, and the heading")
    }

    @Test("A folder that can't be read is a failure", .enabled(if: getuid() != 0, "root may read everything"))
    func locked() throws {
        try folder.blank("in/locked/b.png")
        chmod(folder.path("in/locked"), 0)
        defer { chmod(folder.path("in/locked"), 0o700) }
        let records = try records("detect in --recursive", status: 3)
        #expect(records.map { code($0) } == [nil, "unreadable_file"])
        let outcome = try shell("\"$LIKENESS\" pack --unlabelled in --to archive", in: folder)
        #expect(outcome.status == 3 && outcome.errors.contains("locked"))
    }

    @Test("A folder without pictures gives an empty list and a remark")
    func empty() throws {
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "none"), withIntermediateDirectories: true)
        for command in [
            "detect none", "embed none", "align none --to x", "augment none --masks --to x", "enroll --store s P none",
        ] {
            let outcome = try shell("\"$LIKENESS\" \(command) --format json", in: folder)
            #expect(outcome.status == 66)
            #expect(try JSON.objects(outcome.json()).isEmpty)
            #expect(outcome.errors.contains("there are no pictures in none"))
        }
        let one = try shell("\"$LIKENESS\" detect none in --enhance off --format json", in: folder)
        #expect(one.status == 0 && one.errors.contains("there are no pictures in none"))
    }

    @Test("Special characters in names stay in their row and do not affect the terminal")
    func names() throws {
        let odd = "in/x\nforged.png    1 \u{1B}[31m\u{202E}.png"
        try folder.copy(folder.url.appending(path: "in/a.png"), to: odd)
        let table = try shell("\"$LIKENESS\" detect in none*.jpg --enhance off", in: folder)
        #expect(table.output.split(separator: "\n").count == 4, "a heading and three rows")
        #expect(table.output.contains(#"in/x\nforged.png    1 \u{1B}[31m\u{202E}.png"#))
        for text in [table.output, table.errors] {
            #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 32 || $0.value == 0x202E) })
        }
        let verified = try shell(
            "\"$LIKENESS\" verify in/x* in/a.png; \"$LIKENESS\" detect \"$(printf 'no\\n\\033[0m')\"", in: folder)
        #expect(!verified.errors.contains("\u{1B}") && verified.errors.split(separator: "\n").count == 2)
        let csv = try shell("\"$LIKENESS\" detect in --enhance off --format csv", in: folder)
        #expect(csv.output.contains("\"in/x\nforged.png"), "a spreadsheet gets the name as it is, in quotes")
    }

    @Test("A contact sheet shows the readable pictures; stray pictures in a folder of people are counted")
    func partial() throws {
        try folder.small("obama.jpg", as: "faces/obama.png")
        try folder.file("faces/empty.jpg")
        let sheet = try shell(
            "\"$LIKENESS\" augment faces --masks --to out --contact-sheet sheet.png --format json", in: folder)
        #expect(sheet.status == 3)
        #expect(FileManager.default.fileExists(atPath: folder.path("sheet.png")))
        try folder.small("obama.jpg", as: "people/obama/1.png")
        try folder.blank("people/stray.png")
        let pack = try shell("\"$LIKENESS\" pack --people people --to archive", in: folder)
        #expect(pack.status == 0)
        #expect(pack.errors.contains("1 face packed, 1 picture left out, 1 of them not in a person's folder"))
    }
}
