import Datasets
import FaceTraining
import Faces
import Foundation
import Pixels
import Recognition
import TestSupport
import Testing

/// Finds one face in the middle of every picture whose first pixel is not black.
private struct MiddleDetector: FaceDetector {
    let name = "middle"
    let precision = "f32"

    func faces(in image: Image) async throws -> [Face] {
        guard image.pixels.prefix(3).contains(where: { $0 > 0 }) else { return [] }
        let side = Float(image.width) / 2, start = Float(image.width) / 4
        func point(_ dx: Float, _ dy: Float) -> Point { Point(x: start + side * dx, y: start + side * dy) }
        return [
            Face(
                box: Box(x: start, y: start, width: side, height: side), confidence: 0.9,
                landmarks: Landmarks(
                    leftEye: point(0.3, 0.4), rightEye: point(0.7, 0.4), nose: point(0.5, 0.6),
                    leftMouth: point(0.35, 0.8), rightMouth: point(0.65, 0.8)))
        ]
    }
}

@Suite("Packing faces") struct FacePackingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for (name, light) in [("a", 200), ("b", 100), ("black", 0)] as [(String, UInt8)] {
            try Image(width: 64, height: 64, color: Color(red: light, green: light, blue: light))
                .write(to: folder.file("\(name).png"))
        }
        try folder.file("broken.png", Data("no picture".utf8))
    }

    private let finder = FaceFinder(
        detector: MiddleDetector(), configuration: FaceFinderConfiguration(enhancement: .off))

    private func packing(_ names: [String], strays: [String] = []) -> FacePacking {
        FacePacking(
            IdentityList(
                name: "list", pictures: names.map { .init(file: $0, identity: "p", line: 1) }, strays: strays),
            in: folder.url, to: folder.url.appending(path: "archive"),
            settings: LooseCrop.Settings(side: 48, extent: 1.7), subset: "some")
    }

    @Test("Faces are packed in the order of the list; pictures without a face and unreadable ones are noted")
    func packed() async throws {
        var notes: [String] = [], advances: [Bool] = []
        let result = try await packing(["b.png", "broken.png", "a.png", "black.png"], strays: ["stray.png"]).run(
            by: finder
        ) { event in
            switch event {
            case .packedBefore(let count): notes.append("before \(count)")
            case .began(let count): notes.append("began \(count)")
            case .advanced(let failed): advances.append(failed)
            case .ended: notes.append("ended")
            case .remarks(_, let picture): notes.append("remark \(picture)")
            case .leftOut(let file, _): notes.append("without \(file)")
            }
        }
        #expect(result.packed == 2 && result.failed == 2)
        #expect(notes == ["began 4", "without broken.png", "without black.png", "ended"])
        #expect(advances == [false, true, false, true])
        let archive = try FaceArchive(contentsOf: folder.url.appending(path: "archive"))
        #expect(archive.entries.map(\.file) == ["b.png", "a.png"])
        #expect(archive.entries.allSatisfy { $0.subset == "some" && $0.identity == "p" })
        #expect(Set(archive.skipped.map(\.file)) == ["stray.png", "broken.png", "black.png"])
    }

    @Test("A finished archive is not packed again")
    func finished() async throws {
        _ = try await packing(["a.png"]).run(by: finder)
        await #expect(throws: ArchiveError.self) { try await packing(["a.png", "b.png"]).run(by: finder) }
    }
}
