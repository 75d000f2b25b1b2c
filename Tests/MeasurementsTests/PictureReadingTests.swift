import Evaluation
import Faces
import Foundation
import LikenessSupport
import Measurements
import Pixels
import TestSupport
import Testing

@Suite("Reading the pictures of a measurement") struct PictureReadingTests {
    private let people: DrawnPeople

    init() throws { people = try DrawnPeople() }

    private func faces(_ names: [String]) async throws -> EmbeddedPictures {
        try await people.reading.faces(
            of: names, at: names.map { people.folder.url.appending(path: $0) }, by: people.recognizer())
    }

    @Test(
        "Faces are in the order of the pictures; unreadable pictures are noted with the reason, and the others are read"
    )
    func order() async throws {
        try people.draw("red", 200, 0, 0)
        try people.draw("black", 0, 0, 0)
        try people.folder.file("broken.png", Data("no picture".utf8))
        let found = try await faces(["broken.png", "red.png", "gone.png", "black.png"])
        #expect(found.readable.map(\.place) == [1, 3])
        #expect(found.readable[0].face?.embedding.values == [1, 0, 0])
        #expect(found.readable[1].face == nil)
        #expect(found.notes.unreadable.map(\.image) == ["broken.png", "gone.png"])
        #expect(found.notes.unreadable.allSatisfy { !$0.reason.isEmpty })
        #expect(
            people.events.all == [
                "began 4 pictures", "failed", "done", "failed", "failed", "ended", "2 of 4 pictures unreadable",
            ])
    }

    @Test("It is an error if no picture is readable or none has a face")
    func nothing() async throws {
        try people.draw("black", 0, 0, 0)
        await #expect(
            throws: MeasurementError.nothingUsable(count: 1, unit: "pictures", first: "no face was found")
        ) { try await faces(["black.png"]) }
        let error = try await #require(throws: MeasurementError.self) { try await faces(["gone.png", "lost.png"]) }
        guard case .nothingUsable(count: 2, unit: "pictures", let first) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(first.hasPrefix("gone.png: "))
        #expect(error.category == .badData && error.code == "command_failed")
    }

    @Test("An observer may refuse the pictures before any is read")
    func refused() async throws {
        struct Refusal: Error {}
        try people.draw("red", 200, 0, 0)
        var reading = people.reading
        reading.observer = people.events.observer { _ in throw Refusal() }
        await #expect(throws: Refusal.self) {
            try await reading.faces(
                of: ["red.png"], at: [people.folder.url.appending(path: "red.png")], by: people.recognizer())
        }
        #expect(people.events.all.isEmpty)
    }

    @Test("A picture that fails twice is noted once")
    func notes() {
        var notes = PictureNotes(), others = PictureNotes()
        notes.addUnreadable("a", ImageError.emptyFile)
        others.addUnreadable("a", ImageError.emptyFile)
        others.addUnreadable("b", ImageError.emptyFile)
        notes.add(others)
        #expect(notes.unreadable.map(\.image) == ["a", "b"])
    }

    @Test(
        "Left out pictures in words",
        arguments: [
            (0, nil, nil), (1, nil, "1 picture could not be read and was left out"),
            (2, 1, "2 pictures could not be read and were left out, and 1 pair with them"),
        ] as [(Int, Int?, String?)])
    func words(pictures: Int, pairs: Int?, text: String?) {
        #expect(MeasurementConditions.leftOut(pictures: pictures, pairs: pairs) == text)
    }
}
