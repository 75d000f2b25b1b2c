import Evaluation
import Tensors
import TestSupport
import Testing

@testable import FaceTraining

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct HeldOutMeasuresTests {
    /// Returns unit vectors in the plane at these angles, in degrees.
    private func vectors(_ degrees: [Double]) -> Tensor {
        let angles = Tensor(degrees.map { Float($0 * .pi / 180) }, shape: [degrees.count, 1])
        return Tensor.concatenated([angles.cosine, (angles - .pi / 2).cosine], axis: 1)
    }

    @Test func ratesAreThoseOfTheBareThreshold() {
        // Two people with two pictures each: 0° and 10°, 90° and 100°. The nearest impostors are 80° apart.
        let bare = (
            vectors([0, 10, 90, 100]),
            [(0, 0), (0, 1), (1, 2), (1, 3)].map { HeldOutMeasures.Face(person: $0.0, entry: $0.1) }
        )
        // Masked copies of pictures 1 and 3: one stays close to its person, the other is close to the other person.
        let masked = (vectors([12, 5]), [(0, 1), (1, 3)].map { HeldOutMeasures.Face(person: $0.0, entry: $0.1) })
        let measures = HeldOutMeasures.measures(bare: bare, masked: masked)
        #expect(abs((measures["threshold"] ?? 0) - 0.1736) < 1e-3, "cos 80°")
        #expect(measures["bareFNMR"] == 0)
        // Mated: picture 0 with masked 1 (12°) matches; picture 2 with masked 3 (85°) does not. A picture is not
        // compared with its own copy.
        #expect(measures["maskedFNMR"] == 0.5)
        // Impostors: masked 3 matches pictures 0 and 1; masked 1 is 78° from picture 2 and matches it, but is 88° from
        // 3.
        #expect(measures["maskedFMR"] == 0.75)
        #expect(measures["meanTAR"] == 0.75)
    }

    @Test func testedFacesAreMeasuredByCurveAndAsAClassifier() throws {
        let bare = (
            vectors([0, 10, 90, 100]),
            [(0, 0), (0, 1), (1, 2), (1, 3)].map { HeldOutMeasures.Face(person: $0.0, entry: $0.1) }
        )
        let unseen = (vectors([12, 5]), [(0, 1), (1, 3)].map { HeldOutMeasures.Face(person: $0.0, entry: $0.1) })
        let figures = try TestedFaces.figures(bare: bare, unseen: unseen)
        #expect(figures["unseenFNMR"] == 0.5 && figures["unseenFMR"] == 0.75)
        // Mated at 12° and 85°, impostors at 78°, 88°, 5° and 5°: three of eight pairs are in order.
        #expect(figures["unseenAUC"] == 0.375)
        // Bare: mated 10° and 10°, impostors 80° and more.
        #expect(figures["bareAUC"] == 1 && figures["bareEER"] == 0)
        // Pictures 0 and 2 are enrolled. Masked 1 is nearest to 0, its own person; masked 3 is too.
        #expect(figures["unseenAccuracy"] == 0.5 && figures["unseenRecall"] == 0.5)
        #expect(abs((figures["unseenF1"] ?? 0) - 1.0 / 3) < 1e-9, "2/3 and 0")
        // Four impostor pairs do not support a rate of one in ten.
        #expect(figures["unseenTAR@1e-1"] == nil)
    }

    @Test func withoutMaskedFacesThereIsNothingToTest() throws {
        let bare = (vectors([0, 90]), [(0, 0), (1, 1)].map { HeldOutMeasures.Face(person: $0.0, entry: $0.1) })
        #expect(throws: EvaluationError.self) { try TestedFaces.figures(bare: bare, unseen: bare) }
    }
}
