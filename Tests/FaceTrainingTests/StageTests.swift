import Datasets
import Detectors
import Faces
import Foundation
import Inference
import Networks
import Pixels
import TestSupport
import Testing
import Training

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
        try Data(HeldOutPictures.list(pictures).utf8).write(to: file)
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
        // Two people with one and two faces: three unlabeled faces.
        #expect(both.trainingPeople == alone.trainingPeople + ["0-0", "1-0", "1-1"].map { "unlabelled/\($0).png" })
        let added = both.samples.filter { !$0.isHeldOut && $0.person >= alone.trainingPeople.count }
        #expect(added.map(\.kind) == Array(repeating: [.plain, .altered, .covered], count: 3).flatMap(\.self))
        #expect(Set(added.map(\.entry)) == Set(known.count..<known.count + 3))
        #expect(both.samples.filter(\.isHeldOut) == alone.samples.filter(\.isHeldOut))
    }

    @Test func heldOutPeopleMayHaveAnotherNumberOfPictures() throws {
        let folder = try TemporaryFolder()
        let archive = try FaceArchive(contentsOf: DrawnArchive.pack(in: folder.url, people: 12))
        var settings = StageSettings()
        (settings.heldOut, settings.picturesPerPerson) = (0.25, 3)
        func heldOut() -> [StageSample] { StagePlan(archive, settings).samples.filter(\.isHeldOut) }
        let many = heldOut()
        settings.heldOutPictures = 2
        let few = heldOut()
        let person = try #require(many.max { $0.person < $1.person }?.person)
        for number in 0...person {
            let pictures = Set(many.filter { $0.person == number }.map(\.entry)).count
            #expect(Set(few.filter { $0.person == number }.map(\.entry)).count == min(pictures, 2))
        }
    }

    @Test func whatMayBeLeftOutIsReadAndChecked() throws {
        func settings(_ text: String) throws -> FaceEmbeddingSettings {
            let file = #"{"task": "face-embedding", "settings": \#(text)}"#
            return try RunConfiguration(Data(file.utf8)).settings(FaceEmbeddingSettings.self)
        }
        let plain = try settings("{}")
        #expect(plain.stages.finder == nil && plain.stages.heldOutPictures == nil && plain.network.peer == nil)
        let full = try settings(#"{"stages": {"finder": "yunet", "heldOutPictures": 8}, "peer": "aff-net"}"#)
        #expect(full.stages.finder == .yunet && full.stages.heldOutPictures == 8 && full.network.peer == .affNet)
        for wrong in [
            #"{"stages": {"finder": "hog"}}"#, #"{"stages": {"heldOutPictures": 1}}"#, #"{"peer": "vgg"}"#,
        ] { #expect(throws: ConfigurationError.self) { try settings(wrong) } }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func aMaskedFaceIsFoundWhereTheDetectorSeesIt() async throws {
        let models = Fixtures.dependencies.appending(path: "models")
        let engine = try await EngineExecutor.run { try Engine(libraryDirectory: Fixtures.engine) }
        let finder = try MaskedFaceFinder(.yunet, engine: engine, models: models)
        let picture = try Image(contentsOf: Fixtures.portrait("obama.jpg"))
        let detector = try YuNetDetector(engine: engine, directory: models.appending(path: "yunet"))
        let faces = try await detector.faces(in: picture)
        let face = try #require(faces.first)
        var moved = face
        moved.box.y += face.box.height * 0.15
        var drawn = DrawnSample(image: picture, face: moved, sizeInPicture: 100, wearsMask: true)
        try await finder.find(&drawn)
        #expect(drawn.face.box.overlap(with: face.box) > 0.98)
        // Data from another place are kept: the detected face is a different one.
        let elsewhere = Face(
            box: Box(x: 0, y: 0, width: 20, height: 20), confidence: 1, landmarks: face.landmarks)
        drawn.face = elsewhere
        try await finder.find(&drawn)
        #expect(drawn.face == elsewhere)
        #expect(throws: FaceTrainingError.self) {
            try MaskedFaceFinder(.yunet, engine: engine, models: URL(filePath: "/nowhere"))
        }
    }

    @Test func aFolderThatCannotBeWrittenIsToldByName() throws {
        #expect(throws: FaceTrainingError.self) { try PlacedFile(URL(filePath: "/nowhere/file")) }
    }
}
