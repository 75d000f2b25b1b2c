import Faces
import Foundation
import Networks
import Pixels
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct MaskPictureTests {
    @Test func aNameSaysWhereAPictureIsFrom() {
        #expect(MaskFolder.place(of: "photo_street12_3.webp").map { "\($0.0) \($0.1)" } == "photo photo_street12")
        #expect(MaskFolder.place(of: "web_0042.webp").map { "\($0.0) \($0.1)" } == "web web_0042")
        #expect(MaskFolder.place(of: "drawn_00298_Mask_0.webp").map { "\($0.0) \($0.1)" } == "drawn drawn_00298")
        #expect(MaskFolder.place(of: "README.md") == nil)
        #expect(MaskFolder.place(of: "other_1.webp") == nil)
    }

    @Test func filesAreTakenFromTheThreeFolders() throws {
        let folder = try TemporaryFolder()
        for name in ["bare/photo_a_0.webp", "mask/photo_a_1.webp", "badly_worn/drawn_1_x.webp", "mask/notes.txt"] {
            try folder.file(name)
        }
        let files = try MaskFolder(folder: folder.url).files()
        #expect(files.map(\.wearing) == [.bare, .mask, .badlyWorn])
        #expect(files.map(\.source) == ["photo_a", "photo_a", "drawn_1"])
    }

    @Test func aMissingFolderIsSaidToBe() throws {
        let folder = try TemporaryFolder()
        #expect(throws: (any Error).self) { try MaskFolder(folder: folder.url).files() }
    }
}

/// Returns a picture for tests in which only its place matters.
func maskPicture(
    _ source: String, _ wearing: MaskClassifier.Wearing, _ origin: MaskPicture.Origin = .photo, isFound: Bool = true
) -> MaskPicture {
    let points = [(30, 40), (66, 40), (48, 55), (34, 70), (62, 70)].map { Point(x: Float($0.0), y: Float($0.1)) }
    return MaskPicture(
        place: .file(Fixtures.root.appending(path: source)), wearing: wearing, origin: origin, source: source,
        face: Face(
            box: Box(x: 20, y: 20, width: 60, height: 70), confidence: 1, landmarks: Landmarks(points: points)),
        isFound: isFound)
}
