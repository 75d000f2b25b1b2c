import Foundation
import Networks
import Pixels
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct MaskBatchesTests {
    private let folder: TemporaryFolder
    private let pictures: [MaskPicture]

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        pictures = try [("bare", MaskClassifier.Wearing.bare), ("mask", .mask), ("badly", .badlyWorn)].map {
            let file = folder.url.appending(path: "\($0).png")
            try Image(width: 96, height: 96, pixels: (0..<96 * 96 * 3).map { UInt8($0 % 251) }).write(to: file)
            var picture = maskPicture($0, $1, .photo)
            picture.place = .file(file)
            return picture
        }
    }

    private func batches(drawn: Double = 0, seed: UInt64 = 1) -> MaskBatches {
        MaskBatches(pictures, batch: 60, examplesPerEpoch: 240, drawnShare: drawn, seed: seed)
    }

    @Test func aBatchDependsOnItsPlaceAndTheSeedAlone() async throws {
        let first = try await batches().batch(epoch: 1, step: 2)
        let again = try await batches().batch(epoch: 1, step: 2)
        #expect(first.pixels == again.pixels && first.labels == again.labels)
        #expect(first.pixels.count == 60 * 96 * 96 * 3)
        let others = try await [batches().batch(epoch: 1, step: 3), batches(seed: 2).batch(epoch: 1, step: 2)]
        #expect(others.allSatisfy { $0.pixels != first.pixels })
        #expect(batches().stepsPerEpoch == 4)
    }

    @Test func kindsComeInTheirShares() async throws {
        var counts: [Int: Int] = [:]
        for step in 0..<4 {
            for label in try await batches().batch(epoch: 0, step: step).labels { counts[label, default: 0] += 1 }
        }
        // 0.35 : 0.3 : 0.06 of 240 are 118 : 101 : 20.
        #expect((92...144).contains(counts[0] ?? 0) && (76...127).contains(counts[1] ?? 0))
        #expect((6...36).contains(counts[2] ?? 0))
    }

    @Test func aBareFaceWithADrawnMaskIsAMaskedOne() async throws {
        let labels = try await batches(drawn: 1).batch(epoch: 0, step: 0).labels
        #expect(!labels.contains(MaskClassifier.Wearing.bare.rawValue))
    }
}
