import Foundation
import Pixels
import Recognition
import TestSupport
import Testing

@Suite("Pictures named by arguments")
struct PictureListTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["b.JPG", "a.png", "c.heic", "notes.txt", ".hidden.jpg", "in/d.webp", "in/more/e.jpeg", "in/f.csv"]
        {
            try folder.file(name)
        }
    }

    private func names(_ arguments: String..., recursive: Bool = false) -> (names: [String], skipped: Int) {
        let list = PictureList(arguments, recursive: recursive, standardInput: { [1, 2] })
        let names = list.sources.map { source in
            source.name.replacingOccurrences(of: folder.url.path + "/", with: "")
        }
        return (names, list.skipped)
    }

    @Test("A folder: its pictures by name, including undecodable ones; other and hidden files are counted")
    func plainFolder() {
        let found = names(folder.url.path)
        #expect(found.names == ["a.png", "b.JPG", "c.heic"])
        #expect(found.skipped == 1)
        let list = PictureList([folder.url.path], standardInput: { [] })
        #expect(list.hidden == 1 && list.folders == 1)
        #expect(PictureList([folder.url.path], recursive: true, standardInput: { [] }).folders == 0)
    }

    @Test("Hidden folders count if subfolders are entered, and nothing in them is taken")
    func hiddenFolders() throws {
        for name in [".cache/x.jpg", ".git", "in/.more/y.png", "in/.z.webp"] { try folder.file(name) }
        #expect(PictureList([folder.url.path], standardInput: { [] }).hidden == 1)
        let list = PictureList([folder.url.path], recursive: true, standardInput: { [] })
        #expect(list.hidden == 4)
        #expect(list.sources.count == 5)
    }

    @Test("Subfolders")
    func recursion() {
        let found = names(folder.url.path, recursive: true)
        #expect(found.names == ["a.png", "b.JPG", "c.heic", "in/d.webp", "in/more/e.jpeg"])
        #expect(found.skipped == 2)
        let list = PictureList([folder.url.path], recursive: true, standardInput: { [] })
        #expect(
            list.subfolders == [folder.path("in/d.webp"): "in", folder.path("in/more/e.jpeg"): "in/more"],
            "those directly in the folder have none")
        #expect(PictureList([folder.path("in/d.webp")], recursive: true, standardInput: { [] }).subfolders.isEmpty)
    }

    @Test("Links to pictures are followed, links to folders are not: no walk is endless")
    func links() throws {
        let manager = FileManager.default
        try manager.createSymbolicLink(
            at: folder.url.appending(path: "in/loop"), withDestinationURL: folder.url)
        try manager.createSymbolicLink(
            at: folder.url.appending(path: "in/g.png"), withDestinationURL: folder.url.appending(path: "a.png"))
        let found = names(folder.path("in"), recursive: true)
        #expect(found.names == ["in/d.webp", "in/g.png", "in/more/e.jpeg"])
        #expect(names(folder.path("in/loop")).names.count == 3, "one that is named itself is entered")
    }

    @Test("Patterns match files and folders; a pattern without a match is a missing file")
    func patterns() throws {
        #expect(names(folder.path("[ab].*")).names == ["a.png", "b.JPG"])
        #expect(names(folder.path("*.txt")).names == ["notes.txt"], "who names a file means it")
        #expect(names(folder.path("i?")).names == ["in/d.webp"])
        #expect(names(folder.path("*.gif")).names == ["*.gif"])
        try folder.file("what?.png")
        #expect(names(folder.path("what?.png")).names == ["what?.png"], "a file of that very name goes first")
    }

    @Test("Arguments keep their order, and a picture named twice occurs twice")
    func order() {
        let list = PictureList(["z.jpg", "-", "a.jpg", "z.jpg"], standardInput: { [7] })
        #expect(list.sources.map(\.name) == ["z.jpg", "-", "a.jpg", "z.jpg"])
        #expect(list.sources[1] == .bytes([7], name: "-"))
    }

    @Test("The standard input is read once, however often it is named, and only if it is named")
    func standardInput() {
        var count = 0
        let list = PictureList(["-", "-"]) {
            count += 1
            return [1, 2, 3]
        }
        #expect(count == 1)
        #expect(list.sources == [.bytes([1, 2, 3], name: "-"), .bytes([1, 2, 3], name: "-")])
        _ = PictureList(["a.jpg"]) {
            Issue.record("nobody asked for it")
            return []
        }
    }

    @Test("A missing file is an error when it is read, and given bytes are used unchanged")
    func reading() throws {
        let missing = PictureSource.file(folder.url.appending(path: "none.jpg"))
        #expect(throws: ImageError.fileNotFound(path: folder.path("none.jpg"))) {
            try missing.read(limits: .standard)
        }
        #expect(try PictureSource.bytes([4, 5], name: "-").read(limits: .standard) == [4, 5])
    }
}
