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

    @Test func facesOfNobodyKnowsWhomAreEachAPersonWhoIsTrainedOn() throws {
        let folder = try TemporaryFolder()
        let known = try FaceArchive(contentsOf: DrawnArchive.pack(in: folder.url, people: 8))
        let place = folder.url.appending(path: "unlabelled")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let unknown = try FaceArchive(contentsOf: DrawnArchive.pack(in: place, people: 2, named: false))
        var settings = StageSettings()
        (settings.heldOut, settings.altered, settings.covered) = (0.25, 1, 1)
        let alone = StagePlan(known, settings), both = StagePlan(try known.joined(with: unknown), settings)
        #expect(both.heldOutPeople == alone.heldOutPeople)
        // Two people of one and of two faces: three that nobody knows.
        #expect(both.trainingPeople == alone.trainingPeople + ["0-0", "1-0", "1-1"].map { "unlabelled/\($0).png" })
        let added = both.samples.filter { !$0.isHeldOut && $0.person >= alone.trainingPeople.count }
        #expect(added.map(\.kind) == Array(repeating: [.plain, .altered, .covered], count: 3).flatMap(\.self))
        #expect(Set(added.map(\.entry)) == Set(known.count..<known.count + 3))
        #expect(both.samples.filter(\.isHeldOut) == alone.samples.filter(\.isHeldOut))
    }

    @Test func aFolderThatCannotBeWrittenIsToldByName() throws {
        #expect(throws: FaceTrainingError.self) { try PlacedFile(URL(filePath: "/nowhere/file")) }
    }
}
