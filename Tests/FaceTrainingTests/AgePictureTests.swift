import Datasets
import Faces
import Foundation
import Pixels
import TestSupport
import Testing

@testable import FaceTraining

/// Returns an archive of drawn faces whose file names state their age: `count` for each of `ages`, in `colors` colors.
func agedArchive(in folder: TemporaryFolder, ages: [Int], count: Int, colors: Int = 256) throws -> FaceArchive {
    let url = folder.url.appending(path: "ages")
    let writer = try FaceArchiveWriter(folder: url, detector: "drawn")
    let face = Face(
        box: Box(x: 20, y: 20, width: 40, height: 40), confidence: 0.9,
        landmarks: Landmarks(
            leftEye: Point(x: 30, y: 35), rightEye: Point(x: 50, y: 35), nose: Point(x: 40, y: 42),
            leftMouth: Point(x: 32, y: 50), rightMouth: Point(x: 48, y: 50)))
    for age in ages {
        for number in 0..<count {
            let color = [UInt8(age), UInt8(number % colors), UInt8(200)]
            let image = Image(width: 80, height: 80, pixels: (0..<6400).flatMap { _ in color })
            let name = "\(age)_\(number % 2)_\(number % 5)_\(number).png"
            try writer.append(
                IdentityList.Picture(file: name, identity: nil, line: 1),
                LooseCrop(of: image.encoded(as: .png), face: face), subset: nil)
        }
    }
    try writer.finish()
    return try FaceArchive(contentsOf: url)
}

@Suite struct AgePictureTests {
    @Test func theNameSaysAgeGenderAndRace() throws {
        let labels = try #require(AgePicture.Labels(file: "part1/13_1_2_20170110183726390.webp"))
        #expect(labels.age == 13 && labels.genderName == "female" && labels.raceName == "Asian" && labels.isChild)
        #expect(AgePicture.Labels(file: "14_0_0_x.jpg")?.isChild == false)
    }

    @Test(
        arguments: [
            "", "/", "photo.jpg", "_1_2_x.jpg", "20_3_20170110.jpg", "x_1_2_3.jpg", "131_1_2_3.jpg", "-1_1_2_3.jpg",
            "20_2_2_3.jpg", "20_1_5_3.jpg", "99999999999999999999_1_1_1.jpg",
        ])
    func otherNamesSayNothing(name: String) { #expect(AgePicture.Labels(file: name) == nil) }

    @Test func everyAgeHasAGroup() {
        let groups = (0...130).map { AgePicture.Group(age: $0) }
        #expect(groups.first == .upTo3 && groups[3] == .upTo3 && groups[4] == .upTo8 && groups[13] == .upTo13)
        #expect(groups[14] == .upTo17 && groups[17] == .upTo17 && groups[25] == .upTo25 && groups[26] == .over25)
        #expect(Set(groups).count == AgePicture.Group.allCases.count)
    }

    @Test func theNamesAloneDealPicturesOut() throws {
        let folder = try TemporaryFolder()
        let pictures = AgePicture.pictures(in: try agedArchive(in: folder, ages: [2, 10, 16, 40], count: 50))
        #expect(pictures.count == 200)
        let split = AgeSplit(pictures)
        let parts = [split.training, split.validation, split.test].map { Set($0.map(\.file)) }
        #expect(parts.map(\.count).reduce(0, +) == 200)
        #expect(parts[0].union(parts[1]).union(parts[2]).count == 200)
        #expect((110...170).contains(parts[0].count) && (5...40).contains(parts[1].count))
        #expect((20...70).contains(parts[2].count))
        #expect(Set(AgeSplit(Array(pictures.prefix(77))).test.map(\.file)).isSubset(of: parts[2]))
        try split.check("here")
    }

    @Test func aPictureThatIsTrainedOnUnderAnotherNameIsNotHeldOut() throws {
        let folder = try TemporaryFolder()
        let pictures = AgePicture.pictures(in: try agedArchive(in: folder, ages: [40], count: 60, colors: 1))
        let split = AgeSplit(pictures)
        #expect(!split.training.isEmpty && split.validation.isEmpty && split.test.isEmpty)
    }

    @Test func aPartWithoutChildrenIsAnError() throws {
        let folder = try TemporaryFolder()
        let archive = try agedArchive(in: folder, ages: [40], count: 60)
        #expect(throws: FaceTrainingError.missingAgeGroup("here", group: "children")) {
            try AgeSplit(AgePicture.pictures(in: archive)).check("here")
        }
        #expect(throws: FaceTrainingError.missingAgeGroup("here", group: "children")) {
            try AgeSplit([]).check("here")
        }
    }
}

@Suite struct AgeBatchesTests {
    private let folder: TemporaryFolder
    private let pictures: [AgePicture]

    init() throws {
        folder = try TemporaryFolder()
        pictures = AgePicture.pictures(in: try agedArchive(in: folder, ages: [1, 6, 12, 15, 20, 50], count: 4))
    }

    private func batches(seed: UInt64 = 1) -> AgeBatches {
        AgeBatches(pictures, batch: 40, examplesPerEpoch: 165, seed: seed)
    }

    @Test func aBatchDependsOnItsPlaceAndTheSeedAlone() async throws {
        let first = try await batches().batch(epoch: 1, step: 2)
        let again = try await batches().batch(epoch: 1, step: 2)
        #expect(first.pixels == again.pixels && first.ages == again.ages)
        #expect(first.pixels.count == 40 * 96 * 96 * 3 && first.ages.count == 40)
        let others = try await [batches().batch(epoch: 1, step: 3), batches(seed: 2).batch(epoch: 1, step: 2)]
        #expect(others.allSatisfy { $0.pixels != first.pixels })
        #expect(batches().stepsPerEpoch == 4)
    }

    @Test func groupsComeInTheirShares() async throws {
        var counts: [Int: Int] = [:]
        for step in 0..<4 {
            for age in try await batches().batch(epoch: 0, step: step).ages { counts[age, default: 0] += 1 }
        }
        // 0.16 and 0.24 of 160 are 26 and 38.
        #expect((12...42).contains(counts[1] ?? 0) && (22...56).contains(counts[50] ?? 0))
        #expect(counts.count == 6)
    }
}
