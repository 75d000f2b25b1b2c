import Foundation
import Pixels
import Plots
import TestSupport
import Testing

@testable import Reports

@Suite struct ReportFolderTests {
    private let report = Report(
        page: Page(title: "a page", summary: [], sections: []),
        plots: ["roc": Plot("roc", horizontal: "", series: [])], tables: ["roc": [["a", "b"], ["1", "x,\"y\""]]])

    private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
    }

    @Test func isThereAsAWholeOrNotAtAll() throws {
        let folder = try TemporaryFolder()
        do {
            let place = try ReportFolder(at: folder.path("out/report"))
            #expect(!FileManager.default.fileExists(atPath: folder.path("out/report")))
            try place.write(report, record: Data("{}\n".utf8))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out/report")).sorted()
        #expect(names == ["index.html", "report.json", "roc.csv", "roc.svg"])
        #expect(try text(folder, "out/report/roc.csv") == "a,b\n1,\"x,\"\"y\"\"\"\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["report"])
        // Unfinished work leaves the existing files.
        do { _ = try ReportFolder(at: folder.path("out/report")) }
        #expect(try text(folder, "out/report/report.json") == "{}\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == ["report"])
    }

    @Test func takesThePlaceOfAnEarlierReport() throws {
        let folder = try TemporaryFolder()
        for record in ["1", "2"] {
            try ReportFolder(at: folder.path("report")).write(report, record: Data(record.utf8))
            try folder.file("report/old.svg")
        }
        #expect(try text(folder, "report/report.json") == "2")
        try FileManager.default.removeItem(at: folder.url.appending(path: "report/old.svg"))
        try ReportFolder(at: folder.path("report")).write(report, record: Data("3".utf8))
        #expect(try folder.names() == ["report"])
        #expect(try text(folder, "report/report.json") == "3")
    }

    @Test func losesNothingThatIsNotAReport() throws {
        let folder = try TemporaryFolder()
        try folder.file("photos/a.jpg")
        try folder.file("mixed/report.json")
        try folder.file("mixed/notes.txt")
        try folder.file("tables/data.csv")
        try folder.file("file")
        #expect(throws: ReportError.occupied(folder.path("photos"), by: "a.jpg")) {
            try ReportFolder(at: folder.path("photos"))
        }
        #expect(throws: ReportError.occupied(folder.path("mixed"), by: "notes.txt")) {
            try ReportFolder(at: folder.path("mixed"))
        }
        #expect(throws: ReportError.self) { try ReportFolder(at: folder.path("tables")) }
        #expect(throws: ReportError.notAFolder(folder.path("file"))) { try ReportFolder(at: folder.path("file")) }
        #expect(throws: ReportError.unwritable(folder.path("file/report"))) {
            try ReportFolder(at: folder.path("file/report"))
        }
        #expect(try folder.names() == ["file", "mixed", "photos", "tables"])
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
        try ReportFolder(at: folder.path("empty")).write(report, record: Data())
        #expect(FileManager.default.fileExists(atPath: folder.path("empty/index.html")))
    }

    @Test func thumbnailsAreSmallAndShowTheFace() throws {
        let image = Image(width: 640, height: 320, color: Color(red: 10, green: 200, blue: 30))
        let whole = try Thumbnail(image)
        #expect(whole.width == 160 && whole.height == 80)
        let face = try Thumbnail(image, box: Box(x: -50, y: 20, width: 150, height: 200))
        #expect(face.width == 80 && face.height == 160, "what lies in the picture: 100 x 200")
        #expect(try Thumbnail(image, box: Box(x: 900, y: 0, width: 9, height: 9)).width == 160)
        let bytes = try #require(Data(base64Encoded: String(whole.address.dropFirst("data:image/jpeg;base64,".count))))
        let read = try Image(decoding: bytes)
        #expect(read.width == 160 && read.height == 80)
    }
}
