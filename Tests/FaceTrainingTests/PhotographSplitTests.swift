import Datasets
import Foundation
import Pixels
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct PhotographSplitTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Returns a picture of random rectangles; near-duplicates have one seed.
    private func picture(_ name: String, seed: UInt64, brightness: UInt8 = 0, width: Int = 90) throws -> BoxedPicture {
        let image = DrawnStreet.image(seed: seed, width: width, base: brightness)
        let file = try folder.file(name, Data(image.encoded(as: .png)))
        return BoxedPicture(file: file, boxes: [Box(x: 1, y: 1, width: 20, height: 20)])
    }

    @Test func nearDuplicatesAreInOneGroup() throws {
        let one = DrawnStreet.image(seed: 1, width: 90), other = DrawnStreet.image(seed: 2, width: 90)
        let hashes = [one, other, one.resized(width: 200, height: 150), other.resized(width: 45, height: 35)]
            .map(DifferenceHash.init)
        #expect(hashes[0].distance(to: hashes[2]) <= DifferenceHash.greatestDistance)
        #expect(hashes[0].distance(to: hashes[1]) > DifferenceHash.greatestDistance)
        #expect(DifferenceHash.groups(of: hashes) == [0, 1, 0, 1])
        #expect(DifferenceHash.groups(of: []).isEmpty)
    }

    @Test func heldOutPicturesAndTheirCopiesAreNotTrainedOn() throws {
        var pictures = try (0..<40).map { try picture("\($0).png", seed: UInt64($0)) }
        pictures.append(try picture("copy.png", seed: 3, brightness: 4, width: 180))
        pictures.append(BoxedPicture(file: folder.url.appending(path: "missing.png"), boxes: []))
        var notes: [String] = []
        let split = PhotographSplit(pictures, heldOut: ["3.png", "5.png", "strange.png"]) { notes.append($0) }
        #expect(split.heldOut.map(\.file.lastPathComponent) == ["3.png", "5.png"])
        #expect(split.training.count + split.validation.count == 38 && !split.validation.isEmpty)
        #expect(split.training.count > 25)
        #expect(!(split.training + split.validation).contains { $0.file.lastPathComponent == "copy.png" })
        #expect(notes.contains { $0.contains("copy.png") } && notes.contains { $0.contains("missing.png") })
        #expect(notes.count == 2)
    }

    @Test func aListHasOneNameALine() throws {
        let file = try folder.file("list.txt", Data("a.png\r\n\n b.png \nc.png".utf8))
        #expect(try PhotographSplit.names(in: file) == ["a.png", "b.png", "c.png"])
        #expect(throws: DatasetError.self) { try PhotographSplit.names(in: folder.url.appending(path: "none")) }
        let bytes = try folder.file("bytes.txt", Data([0xFF, 0xFE, 0x00]))
        #expect(throws: DatasetError.notText(bytes.path)) { try PhotographSplit.names(in: bytes) }
    }

    @Test func onlyBoxesOfYuNetAreChanged() {
        let box = Box(x: 10, y: 20, width: 40, height: 50)
        #expect(AnnotatedBox.of(box, by: "mtcnn") == box)
        let drawn = AnnotatedBox.of(box, by: "yunet")
        // Lower at the top and at the bottom, and nearly square.
        #expect(drawn.y > 25 && drawn.y + drawn.height > 70 && abs(drawn.width / drawn.height - 0.93) < 0.02)
    }
}
