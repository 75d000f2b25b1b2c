import Foundation
import LikenessRecords
import TestSupport
import Testing

@Suite("components", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct ComponentsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg"] { try folder.small(name, as: "in/\(name)") }
        try folder.file("in/broken.jpg")
        let rows = "obama.jpg,o\nobama2.jpg,o\nobama3.jpg,o\nbiden.jpg,b\n"
        try folder.file("people.csv", Data("file,identity\n\(rows)".utf8))
        try folder.file("some.csv", Data("file,identity\n\(rows)broken.jpg,b\n".utf8))
        try folder.file("broken.csv", Data("file,identity\nbroken.jpg,b\n".utf8))
    }

    private func components(_ words: String) throws -> Command.Outcome {
        try shell("\"$LIKENESS\" components --images in --no-cache \(words)", in: folder)
    }

    @Test("Three components of four faces are orthonormal and keep the whole variance")
    func fitted() throws {
        let outcome = try components("--people people.csv --count 3 --format json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let record = try JSONDecoder().decode(ComponentsRecord.self, from: Data(outcome.output.utf8))
        #expect(record.pictures == 4 && record.people == 2 && record.failedImages == 0)
        #expect(record.mean.count == 128 && record.components.count == 3 && record.shares.count == 3)
        #expect(abs(record.share - 1) < 1e-6, "four vectors span three directions")
        for (one, first) in record.components.enumerated() {
            for (other, second) in record.components.enumerated() {
                let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (one == other ? 1 : 0)) < 1e-4)
            }
        }
        let table = try components("--people people.csv --count 3")
        #expect(table.output.contains("4 pictures of 2 people") && table.output.contains("100.00 %"))
    }

    @Test("Too many components for the pictures or the model, and none")
    func tooMany() throws {
        let few = try components("--people people.csv --count 4")
        #expect(few.status == 64 && few.errors.contains("at most 3: there are only 4 pictures with a face"))
        let wide = try components("--people people.csv --count 129")
        #expect(wide.status == 64 && wide.errors.contains("an embedding of the model has 128 numbers"))
        #expect(try components("--people people.csv --count 0").status == 64)
    }

    @Test("Unreadable pictures are left out and reported; only unreadable ones are an error; the list is kept")
    func unreadable() throws {
        let some = try components("--people some.csv --count 3 --format jsonl")
        #expect(some.status == 3 && some.errors.contains("broken.jpg"), "\(some.errors)")
        let record = try JSONDecoder().decode(ComponentsRecord.self, from: Data(some.output.utf8))
        #expect(record.pictures == 4 && record.failedImages == 1)
        #expect(try components("--people broken.csv").status == 65)
        let before = try Data(contentsOf: folder.url.appending(path: "people.csv"))
        #expect(try components("--people people.csv --count 3 --output people.csv").status == 64)
        #expect(try Data(contentsOf: folder.url.appending(path: "people.csv")) == before)
        #expect(try components("--people people.csv --count 3 --format csv").status == 64)
    }
}
