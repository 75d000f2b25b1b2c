import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct SealedFolderTests {
    private let folder: TemporaryFolder
    private var place: URL { folder.url.appending(path: "thing") }

    init() throws { folder = try TemporaryFolder() }

    @Test func whatIsWrittenIsRead() throws {
        try SealedFolder.write(["a": Data("one".utf8), "b c": Data()], to: place)
        let files = try SealedFolder.read(["a", "b c"], from: place)
        #expect(files == ["a": Data("one".utf8), "b c": Data()])
        #expect(try folder.names() == ["thing"])
        let sums = try String(contentsOf: place.appending(path: "SHA256SUMS"), encoding: .utf8)
        // printf one | sha256sum
        #expect(sums.hasPrefix("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  a\n"))
    }

    @Test func writingAgainReplaces() throws {
        try SealedFolder.write(["a": Data("one".utf8)], to: place)
        try SealedFolder.write(["b": Data("two".utf8)], to: place)
        #expect(try SealedFolder.read(["b"], from: place) == ["b": Data("two".utf8)])
        #expect(throws: SealedFolder.Damage.self) { try SealedFolder.read(["a"], from: place) }
    }

    @Test func everyBitCounts() throws {
        try SealedFolder.write(["a": Data("one".utf8)], to: place)
        try Data("onf".utf8).write(to: place.appending(path: "a"))
        #expect(throws: SealedFolder.Damage.self) { try SealedFolder.read(["a"], from: place) }
        try Data("on".utf8).write(to: place.appending(path: "a"))
        #expect(throws: SealedFolder.Damage.self) { try SealedFolder.read(["a"], from: place) }
        try FileManager.default.removeItem(at: place.appending(path: "SHA256SUMS"))
        #expect(throws: SealedFolder.Damage.self) { try SealedFolder.read(["a"], from: place) }
    }
}
