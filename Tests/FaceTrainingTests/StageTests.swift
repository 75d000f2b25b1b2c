import Datasets
import Foundation
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct StageTests {
    @Test(arguments: [
        (Float(1), UInt16(0x3F80)), (-2, 0xC000), (0, 0), (1.00390625, 0x3F80), (1.01171875, 0x3F82), (3.0e38, 0x7F62),
    ])
    func bfloat16IsTheNearestAndTiesGoToEven(value: Float, bits: UInt16) {
        #expect(StageNetwork.bfloat16(value) == bits)
    }

    @Test func placedWritesLandWhereTheyShould() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "placed")
        do {
            let file = try PlacedFile(url)
            try [UInt8](repeating: 2, count: 3).withUnsafeBytes { try file.write($0, at: 4) }
            try [UInt8](repeating: 1, count: 4).withUnsafeBytes { try file.write($0, at: 0) }
        }
        #expect(try Data(contentsOf: url) == Data([1, 1, 1, 1, 2, 2, 2]))
    }

    @Test func theListOfHeldOutPicturesIsReadAsItWasMeant() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "held-out.csv")
        let pictures = [("a/1.webp", "Ada"), ("b, \"c\"/2.webp", "Lovelace, Ada")]
        try Data(StageCache.Index.list(pictures).utf8).write(to: file)
        let list = try IdentityList(contentsOf: file)
        #expect(list.pictures.map(\.file) == pictures.map(\.0))
        #expect(list.pictures.map(\.identity) == pictures.map(\.1))
    }

    @Test func aFolderThatCannotBeWrittenIsToldByName() throws {
        #expect(throws: FaceTrainingError.self) { try PlacedFile(URL(filePath: "/nowhere/file")) }
    }
}
