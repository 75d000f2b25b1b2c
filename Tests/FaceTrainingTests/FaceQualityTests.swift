import Datasets
import Faces
import Foundation
import LikenessSupport
import Networks
import Pixels
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite struct FaceAgreementTests {
    private func sample(
        _ entry: Int, _ person: Int, _ kind: StageSample.Kind, isHeldOut: Bool = false
    ) -> StageSample {
        StageSample(entry: entry, person: person, isHeldOut: isHeldOut, kind: kind, seed: 0)
    }

    @Test func anAgreementIsTheCosineWithThePersonsOtherPicturesAndWithOtherCopies() {
        // Person 0 has two pictures; a held-out person with the same number is another one.
        let samples = [
            sample(0, 0, .plain), sample(0, 0, .altered), sample(0, 0, .degraded), sample(1, 0, .plain),
            sample(2, 0, .plain, isHeldOut: true), sample(3, 0, .plain, isHeldOut: true),
        ]
        let rows: [[Float]] = [[1, 0], [0.6, 0.8], [-1, 0], [0.8, 0.6], [0, 1], [0, 1]]
        func values(_ stability: Float) -> [Float] {
            FaceAgreement(samples: samples, embeddings: rows.flatMap(\.self), stability: stability).values
        }
        let person: [Float] = [0.8, 0.96, -0.8, 0.8, 1, 1]
        let mean = [1.6, 0.8].map { Float($0 / (1.6 * 1.6 + 0.8 * 0.8).squareRoot()) }
        // Pictures without another copy have only the agreement with the person.
        let copies: [Float] = [0.6, 0.6, -mean[0], 0.8, 1, 1]
        for stability in [0, 0.25, 1] as [Float] {
            for (index, value) in values(stability).enumerated() {
                let expected = max((1 - stability) * person[index] + stability * copies[index], 0)
                #expect(abs(value - expected) < 1e-6, "\(stability), row \(index)")
            }
        }
    }

    @Test func aSinglePictureHasNoAgreementWithItsPersonAndNothingTraps() {
        let alone = FaceAgreement(samples: [sample(0, 0, .plain)], embeddings: [1, 0], stability: 0.5)
        #expect(alone.values == [0])
        #expect(FaceAgreement(samples: [], embeddings: [], stability: 0.5).values.isEmpty)
    }
}

@Suite struct FaceDegradationTests {
    @Test func someLandmarksAreMovedAndOthersStay() {
        let points = AlignmentTemplate.arcface(size: 112).referencePoints ?? []
        let face = Face(
            box: Box(x: 20, y: 20, width: 80, height: 90), confidence: 1, landmarks: Landmarks(points: points))
        var moved = 0
        for seed in 0..<400 as Range<UInt64> {
            var other = face
            FaceDegradation.misplace(&other, seed: seed)
            var again = face
            FaceDegradation.misplace(&again, seed: seed)
            #expect(other == again && other.landmarks.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
            guard other != face else { continue }
            moved += 1
            #expect(abs(other.box.x - face.box.x) < 80 && other.box.width == face.box.width)
        }
        #expect((100...180).contains(moved))
    }
}

@Suite struct QualityBatchesTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws { folder = try TestSupport.TemporaryFolder() }

    @Test func degradedCopiesAreCutForAllPeopleAndBatchesAreHalfOfThem() async throws {
        var settings = CropSettings()
        settings.archive = try DrawnArchive.pack(in: folder.url, people: 12).path
        (settings.cache, settings.heldOut) = (folder.path("crops"), 0.25)
        (settings.covered, settings.degraded) = (0, 2)
        let cache = try await CropCache.open(settings, template: .arcface(size: 32), task: "face-quality") { _ in }
        let samples = cache.index.samples
        for isHeldOut in [false, true] {
            let plain = samples.filter { $0.kind == .plain && $0.isHeldOut == isHeldOut }
            let degraded = samples.filter { $0.kind == .degraded && $0.isHeldOut == isHeldOut }
            #expect(!plain.isEmpty && degraded.count == 2 * plain.count)
            #expect(Set(degraded.map(\.seed)).count == degraded.count)
        }
        // An aligned crop is the crop itself.
        for row in samples.indices.prefix(8) {
            #expect(try cache.alignedFace(row).image.pixels == cache.pixels(of: [row]))
        }
        let rows = cache.indices { !$0.isHeldOut }
        let agreements = samples.indices.map { Float($0) / Float(samples.count) }
        func batches(seed: UInt64 = 1) -> QualityBatches {
            QualityBatches(cache, rows: rows, agreements: agreements, size: 10, examplesPerEpoch: 45, seed: seed)
        }
        let batch = try await batches().batch(epoch: 2, step: 1)
        let again = try await batches().batch(epoch: 2, step: 1)
        #expect(batches().stepsPerEpoch == 4 && batch.pixels.count == 10 * 32 * 32 * 3)
        #expect(batch.pixels == again.pixels && batch.agreements == again.agreements)
        #expect(try await batches(seed: 2).batch(epoch: 2, step: 1).pixels != batch.pixels)
        let drawn = batch.agreements.map { samples[Int(($0 * Float(samples.count)).rounded())] }
        #expect(drawn.allSatisfy { !$0.isHeldOut } && drawn.count { $0.kind == .degraded } == 5)
    }
}
