import Foundation
import TestSupport
import Testing

@Suite("Output paths", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct PlaceTests {
    /// Command lines in which `PLACE` stands for an output file.
    private static let commands = [
        "detect in -o PLACE", "embed in -o PLACE", "verify in/a.png in/b.png -o PLACE",
        "explain in/a.png in/b.png -o PLACE", "explain in/a.png in/b.png --to PLACE.png",
        "enroll --store s.sqlite P in -o PLACE", "enroll --store PLACE P in", "align in --to out -o PLACE",
        "augment in --masks --to out -o PLACE", "augment in --masks --to out --contact-sheet PLACE.png",
        "evaluate pairs --pairs pairs.csv --images in -o PLACE",
        "evaluate classify --images people --confusion PLACE", "evaluate all-pairs --images people -o PLACE",
        "evaluate thresholds --images people --card PLACE", "calibrate --images people --card PLACE",
        "models list -o PLACE", "doctor -o PLACE", "gallery export --store there.sqlite PLACE",
        "gallery list --store there.sqlite -o PLACE",
    ]

    @Test("A folder, or a path that ends like a folder's, is refused before any work", arguments: commands)
    func folders(command: String) throws {
        let folder = try TemporaryFolder()
        try folder.small("obama.jpg", as: "in/a.png")
        try folder.small("obama2.jpg", as: "in/b.png")
        try folder.small("obama.jpg", as: "people/o/1.png")
        try folder.file("pairs.csv", Data("image_a,image_b,same\na.png,b.png,1\n".utf8))
        for name in ["place", "place.png"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        if command.contains("there.sqlite") {
            _ = try shell("\"$LIKENESS\" enroll --store there.sqlite Barack in/a.png --gate off --quiet", in: folder)
        }
        let names = try folder.names()
        for (place, reason) in [("place", "folder"), ("nodir", "the name of a folder")] {
            let line = command.replacing("PLACE.png", with: place == "nodir" ? "nodir.png/" : "place.png")
                .replacing("PLACE", with: place == "nodir" ? "nodir/" : "place")
            let outcome = try shell("\"$LIKENESS\" \(line)", in: folder)
            #expect(outcome.status == 74 || outcome.status == 64, "\(line): \(outcome.status) \(outcome.errors)")
            #expect(outcome.errors.contains(reason) || outcome.status == 64, "\(line): \(outcome.errors)")
            #expect(outcome.output.isEmpty, "\(line)")
            #expect(try folder.names() == names, "\(line)")
        }
    }
}
