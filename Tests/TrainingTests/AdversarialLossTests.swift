import Tensors
import TestSupport
import Testing
import Training

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct AdversarialLossTests {
    init() throws { try Engine.open() }

    @Test func theHingeStopsWhereTheDiscriminatorIsSure() {
        let real = Tensor([2, 0.5, -1], shape: [3]), made = Tensor([-3, 0, 1], shape: [3])
        // (0 + 0.5 + 2) / 3 + (0 + 1 + 2) / 3
        #expect(abs(AdversarialLoss.discriminator(real: real, made: made).scalar - 5.5 / 3) < 1e-6)
        #expect(abs(AdversarialLoss.generator(made: made).scalar - 2.0 / 3) < 1e-6)
    }
}
