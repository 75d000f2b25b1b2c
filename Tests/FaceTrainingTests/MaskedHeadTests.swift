import Tensors
import TestSupport
import Testing

@testable import FaceTraining

@Suite struct FoldTests {
    @Test func everybodyIsInOneFold() {
        let folds = (0..<5).map { MaskedHeadTask.fold($0, of: 5, people: 23, seed: 4) }
        #expect(folds.map(\.count).sorted() == [4, 4, 5, 5, 5])
        #expect(folds.reduce(into: Set<Int>()) { $0.formUnion($1) } == Set(0..<23))
        #expect(MaskedHeadTask.fold(0, of: 5, people: 23, seed: 4) == folds[0])
        #expect(MaskedHeadTask.fold(0, of: 5, people: 23, seed: 5) != folds[0])
    }

    @Test func meansAreThoseOfTheChannels() {
        // bfloat16 of 1, 2, 3 and 4: the upper halves of their bits.
        let map = [Float(1), 3, 2, 4, 0, 8].map { UInt16($0.bitPattern >> 16) }
        var means: [Float] = [9, 9, 9, 9]
        PooledStages.means(map, places: 2, into: &means, at: 1)
        #expect(means == [9, 2, 3, 4])
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct MaskedIdentificationTests {
    @Test func theNearestEnrolledPictureDecides() {
        func rows(_ values: [[Float]]) -> Tensor {
            Tensor(values.flatMap(\.self), shape: [values.count, 2])
        }
        func face(_ person: Int, _ entry: Int) -> HeldOutMeasures.Face {
            HeldOutMeasures.Face(person: person, entry: entry)
        }
        // Pictures 0 and 2 are enrolled; the masked copy of picture 0 is not a probe.
        let bare = (rows([[1, 0], [0, 1], [0, 1]]), [face(0, 0), face(0, 1), face(1, 2)])
        let masked = (
            rows([[0, 1], [0.9, 0.1], [0.2, 0.8], [0.8, 0.6]]), [face(0, 0), face(0, 1), face(1, 3), face(1, 4)]
        )
        let found = MaskedIdentification.rankOne(bare: bare, masked: masked)
        #expect(found.probes == 3)
        #expect(abs(found.accuracy - 2.0 / 3) < 1e-12)
    }
}
