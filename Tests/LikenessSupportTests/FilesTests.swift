import Foundation
import LikenessSupport
import Testing

@Suite("Files") final class FilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> SystemPath { SystemPath(folder.path + "/" + name) }

    private func contents(_ path: SystemPath) throws -> String {
        let opened = try RegularFile(path)
        return String(decoding: try opened.file.bytes(at: 0, count: opened.size), as: UTF8.self)
    }

    private var names: [String] { FolderListing(SystemPath(folder.path)).entries.map(\.name.text) }

    @Test("A draft is private, and is moved when it is whole") func draft() throws {
        let place = path("result")
        try OpenFile(place, for: .creating(permissions: 0o644)).write(Data("earlier".utf8))
        let draft = try DraftFile(beside: place)
        #expect(draft.path.status?.permissions == 0o600)
        try draft.write(Data("whole".utf8))
        try draft.synchronize()
        #expect(try contents(place) == "earlier")
        try draft.move(to: place)
        #expect(try contents(place) == "whole")
        #expect(names == ["result"])
    }

    @Test("A draft that is not moved is removed, also if it can't be") func unfinishedDraft() throws {
        do {
            let draft = try DraftFile(path("draft"))
            try draft.write(Data([1]))
            #expect(throws: SystemError.self) { try draft.move(to: path("nowhere/result")) }
            #expect(names == ["draft"])
        }
        #expect(names == [])
    }

    @Test("Two drafts never share a file; a forgotten one is replaced if that is asked for") func takenDraft() throws {
        try OpenFile(path("draft"), for: .creating(permissions: 0o600)).write(Data("forgotten".utf8))
        #expect { try DraftFile(path("draft")) } throws: { ($0 as? SystemError)?.isTaken == true }
        #expect(try contents(path("draft")) == "forgotten")
        let draft = try DraftFile(path("draft"), replacing: true)
        try draft.write(Data("new".utf8))
        #expect(try contents(path("draft")) == "new")
    }

    @Test("Only regular files are read, and nothing is waited for", .timeLimit(.minutes(10))) func kinds() throws {
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        #expect(throws: RegularFile.Refusal.kind(.pipe)) { try RegularFile(path("pipe")) }
        #expect(throws: RegularFile.Refusal.kind(.folder)) { try RegularFile(SystemPath(folder.path)) }
        #expect(throws: RegularFile.Refusal.kind(.device)) { try RegularFile(SystemPath("/dev/zero")) }
        #expect(throws: RegularFile.Refusal.missing) { try RegularFile(path("none")) }
        try path("file").createPrivate()
        #expect(throws: RegularFile.Refusal.missing) { try RegularFile(path("file/")) }
        #expect(RegularFile.Refusal.kind(.pipe).reason == "it is a pipe")
        #expect(MappedFile(path("file")) == nil && MappedFile(path("pipe")) == nil)
    }

    @Test("A file is written at its end and at places, read in parts, shortened and mapped") func parts() throws {
        let file = try OpenFile(path("file"), for: .updatingOrCreating(permissions: 0o600))
        try file.write(Data("hello".utf8))
        try Array("J".utf8).withUnsafeBytes { try file.write($0, at: 0) }
        #expect(try file.seekToEnd() == 5)
        try file.write(Data(" world".utf8))
        #expect(try contents(path("file")) == "Jello world")
        #expect(try file.bytes(at: 6, count: 100) == Array("world".utf8))
        try file.truncate(to: 5)
        #expect(try file.status().size == 5)
        let mapped = try #require(MappedFile(path("file")))
        #expect(Array(mapped.bytes) == Array("Jello".utf8))
        try file.close()
        try file.close()
        #expect(throws: SystemError.self) { try file.write(Data([1])) }
    }

    @Test("An empty private file is created once, and never emptied") func privateFile() throws {
        #expect(try path("file").createPrivate())
        #expect(path("file").status?.permissions == 0o600)
        try OpenFile(path("file"), for: .writing).write(Data([1, 2]))
        #expect(try !path("file").createPrivate())
        #expect(path("file").status?.size == 2)
        #expect { try path("nowhere/file").createPrivate() } throws: { ($0 as? SystemError)?.isMissing == true }
    }

    @Test("Names that are not UTF-8") func oddNames() throws {
        let odd = SystemPath(bytes: Array(folder.path.utf8) + [0x2F, 0xFF, 0x41])
        let draft = try DraftFile(beside: odd)
        try draft.write(Data("odd".utf8))
        try draft.move(to: odd)
        let entry = try #require(FolderListing(SystemPath(folder.path)).entries.first)
        #expect(entry.path == odd && !entry.name.isText)
        // The text of a path leads to the file too.
        #expect(try contents(SystemPath(odd.text)) == "odd")
        try odd.remove()
        #expect(names == [])
    }

    @Test("One file under two names is one; links are followed") func identity() throws {
        try path("one").createPrivate()
        try path("other").createPrivate()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "one")
        let one = try #require(path("one").status)
        #expect(path("link").status == one)
        #expect(path("other").status?.identity != one.identity)
        #expect(try path("link").resolved() == SystemPath(folder.resolvingSymlinksInPath().path + "/one"))
        try OpenFile(path("one"), for: .writing).write(Data([1]))
        #expect(path("one").status?.modified != one.modified || path("one").status?.size != one.size)
    }

    @Test("A lock is held once, names its owner, and is gone with it") func locks() throws {
        let place = path("lock")
        do {
            let lock = try FileLock(place)
            #expect(throws: FileLock.Refusal.held(by: getpid())) { try FileLock(place) }
            withExtendedLifetime(lock) {}
        }
        #expect(place.status == nil)
        _ = try FileLock(place)
        #expect(throws: FileLock.Refusal.self) { try FileLock(path("nowhere/lock")) }
    }
}
