import Datasets
import Foundation
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct BoxedPictureTests {
    @Test func aFolderNeedsAList() throws {
        let folder = try TemporaryFolder()
        #expect(throws: DatasetError.self) { try BoxedPicture.pictures(in: folder.url) }
        try folder.file("boxes.csv", Data("image,xmin,ymin,xmax,ymax\na.png,5,1,2,2\n".utf8))
        #expect(throws: DatasetError.self) { try BoxedPicture.pictures(in: folder.url) }
        try folder.file("boxes.csv", Data("image,xmin,ymin,xmax,ymax\n".utf8))
        #expect(throws: DatasetError.empty(folder.path("boxes.csv"))) { try BoxedPicture.pictures(in: folder.url) }
        try folder.file("boxes.csv", Data("image,xmin,ymin,xmax,ymax\nb.png,1,1,2,2\na.png,1,1,2,2\n".utf8))
        #expect(try BoxedPicture.pictures(in: folder.url).map(\.file.lastPathComponent) == ["a.png", "b.png"])
    }
}
