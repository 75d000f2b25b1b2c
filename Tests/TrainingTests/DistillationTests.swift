import Foundation
import Tensors
import Testing
import Training

@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct DistillationTests {
    init() throws { try Engine.open() }

    private let student = directions([0, 30, 100]).map { $0 * 2 }
    private let teacher = directions([20, 40, 80])

    private func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }

    @Test func cosineIsTheMeanOfOneMinusCosine() {
        let loss = EmbeddingDistillation.cosine(
            Tensor(student, shape: [3, 2]), teacher: Tensor(teacher, shape: [3, 2]))
        #expect(isNear(loss.scalar, 1 - (cosine(20) + cosine(10) + cosine(20)) / 3))
    }

    @Test func squaredDistanceIsTwiceThat() {
        let (s, t) = (Tensor(student, shape: [3, 2]), Tensor(teacher, shape: [3, 2]))
        let loss = EmbeddingDistillation.squaredDistance(s, teacher: t)
        #expect(isNear(loss.scalar, 2 * Double(EmbeddingDistillation.cosine(s, teacher: t).scalar)))
    }

    @Test func similaritiesComparePairsWhateverTheDimension() {
        // The teacher's faces are at right angles in three dimensions.
        let loss = SimilarityDistillation()(
            Tensor(student, shape: [3, 2]), teacher: Tensor([1, 0, 0, 0, 1, 0, 0, 0, 1], shape: [3, 3]))
        let expected = [30.0, 100, 70].map { cosine($0) * cosine($0) }.reduce(0, +) / 3
        #expect(isNear(loss.scalar, expected))
    }

    @Test func aStudentLikeItsTeacherHasNothingToLearn() {
        let x = Tensor(student, shape: [3, 2])
        #expect(abs(SimilarityDistillation()(x, teacher: x).scalar) < 1e-6)
        #expect(abs(EmbeddingDistillation.cosine(x, teacher: x).scalar) < 1e-6)
    }

    @Test func theTeacherIsNotTaught() {
        let (s, t) = (Tensor(student, shape: [3, 2]), Tensor(teacher, shape: [3, 2]))
        (s.requiresGradient, t.requiresGradient) = (true, true)
        (SimilarityDistillation()(s, teacher: t) + EmbeddingDistillation.cosine(s, teacher: t)).backward()
        #expect(s.gradient != nil && t.gradient == nil)
    }

    @Test func haveTheGradientsOfTheirSlopes() {
        let t = Tensor(teacher, shape: [3, 2])
        for kind in EmbeddingDistillation.allCases {
            expectGradient(at: [0.9, 0.3, -0.7, 0.4, 0.2, 0.8], shape: [3, 2]) { kind($0, teacher: t) }
        }
        expectGradient(at: [0.9, 0.3, -0.7, 0.4, 0.2, 0.8], shape: [3, 2]) {
            SimilarityDistillation()($0, teacher: t)
        }
    }
}
