import Foundation
import TestSupport
import Testing

@Suite("Links to folders", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct LinkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.blank("elsewhere/a.png")
        try folder.blank("photos/own/b.png")
        for (link, target) in [("photos/one", "elsewhere"), ("photos/two", "elsewhere"), ("photos/up", "photos")] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appending(path: link), withDestinationURL: folder.url.appending(path: target))
        }
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "only"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "only/ada"), withDestinationURL: folder.url.appending(path: "elsewhere"))
    }

    @Test("Links to folders inside a folder are skipped and reported; links that are named are followed")
    func pictures() throws {
        let met = try shell("\"$LIKENESS\" detect -r photos --enhance off --format jsonl", in: folder)
        #expect(try met.status == 0 && met.jsonLines().count == 1)
        #expect(
            met.errors.contains(
                """
                3 links to folders were left out, the first is photos/one; to read them, name them on the command \
                line
                """))
        let quiet = try shell("\"$LIKENESS\" detect -r photos --enhance off --format jsonl --quiet", in: folder)
        #expect(quiet.errors.isEmpty)
        let named = try shell("\"$LIKENESS\" detect photos/one photos/t* --enhance off --format jsonl", in: folder)
        #expect(try named.status == 0 && named.jsonLines().count == 2)
        #expect(!named.errors.contains("left out"))
        let none = try shell("\"$LIKENESS\" detect -r only", in: folder)
        #expect(none.status == 66 && none.errors.contains("1 link to a folder was left out, only/ada"))
        let detectors = try shell("\"$LIKENESS\" evaluate detectors --images photos --timed 0", in: folder)
        #expect(detectors.status == 0 && detectors.errors.contains("3 links to folders"))
    }

    @Test("The same in a folder of people; if it has nothing but links, the error says so")
    func people() throws {
        let packed = try shell("\"$LIKENESS\" pack --people photos --to archive", in: folder)
        #expect(packed.errors.contains("photos/one; to include them, replace the links with the folders"))
        let measured = try shell(
            "\"$LIKENESS\" evaluate all-pairs --images photos --no-cache", in: folder)
        #expect(measured.errors.contains("3 links to folders were left out"))
        for command in [
            "pack --people only --to a", "pack --unlabelled only --to a", "evaluate all-pairs --images only",
        ] {
            let outcome = try shell("\"$LIKENESS\" \(command)", in: folder)
            #expect(outcome.status == 66, "\(command): \(outcome.errors)")
            #expect(
                outcome.errors.contains("there are no pictures in") && outcome.errors.contains("1 link to a folder"))
        }
        let named = try shell(
            "ln -s photos people; \"$LIKENESS\" pack --people people --to named; wc -l < named/index.jsonl", in: folder)
        #expect(named.output == "2\n", "a heading, and one picture without a face: \(named.errors)")
    }
}
