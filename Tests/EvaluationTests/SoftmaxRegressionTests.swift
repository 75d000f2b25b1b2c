import Foundation
import LikenessSupport
import Testing

@testable import Evaluation

@Suite("Softmax regression") struct SoftmaxRegressionTests {
    /// Returns samples of classes around their means.
    private func drawn(
        classes: Int, each: Int, dimension: Int, spread: Double
    ) -> (inputs: [[Float]], labels: [Int]) {
        var random = SplitMix64(state: 3), inputs: [[Float]] = [], labels: [Int] = []
        for label in 0..<classes {
            let mean = (0..<dimension).map { _ in random.normal() }
            for _ in 0..<each {
                inputs.append(mean.map { Float($0 + spread * random.normal()) })
                labels.append(label)
            }
        }
        return (inputs, labels)
    }

    @Test func twoClassesAreALogisticRegression() async throws {
        let (inputs, labels) = drawn(classes: 2, each: 40, dimension: 3, spread: 1.5)
        let fit = try await SoftmaxRegression(
            inputs: inputs, labels: labels, classes: 2, ridge: 0.5, tolerance: 1e-11)
        // The weights of the two classes are opposite, so the ridge on their difference is halved.
        let logistic = try LogisticRegression(
            inputs: inputs.map { $0.map(Double.init) }, targets: labels.map(Double.init), ridge: 0.25)
        for (input, odds) in zip(inputs, fit.logProbabilities(of: inputs)) {
            var expected = logistic.weights[0]
            for index in input.indices { expected += logistic.weights[index + 1] * Double(input[index]) }
            #expect(abs(odds[1] - odds[0] - expected) < 1e-7)
            #expect(abs(exp(odds[0]) + exp(odds[1]) - 1) < 1e-12)
        }
    }

    @Test func withoutInputsTheSharesAreLearned() async throws {
        let labels = [0, 0, 0, 1, 1, 2]
        let fit = try await SoftmaxRegression(
            inputs: labels.map { _ in [0] }, labels: labels, classes: 3, ridge: 1, tolerance: 1e-12)
        let probabilities = fit.logProbabilities(of: [[0]])[0].map { exp($0) }
        #expect(zip(probabilities, [0.5, 1 / 3.0, 1 / 6.0]).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    /// Compares with scikit-learn's numbers, from `scripts/golden/protocols_golden.py`.
    @Test func agreesWithScikitLearn() async throws {
        var agreement = Agreement()
        for golden in try ProtocolsGolden.load().softmax {
            let fit = try await SoftmaxRegression(
                inputs: golden.inputs, labels: golden.labels, classes: golden.classes, ridge: golden.ridge,
                tolerance: 1e-13)
            for (ours, theirs) in zip(fit.logProbabilities(of: golden.probes), golden.logProbabilities) {
                for (one, other) in zip(ours, theirs) { agreement.add(one, other) }
            }
        }
        agreement.check("softmax regression", against: "scikit-learn")
    }

    @Test func processorsAndStartsDoNotChangeTheFit() async throws {
        let (inputs, labels) = drawn(classes: 9, each: 40, dimension: 6, spread: 0.8)
        let one = try await SoftmaxRegression(inputs: inputs, labels: labels, classes: 9, ridge: 0.1, workers: 1)
        let two = try await SoftmaxRegression(inputs: inputs, labels: labels, classes: 9, ridge: 0.1, workers: 3)
        #expect(one.logProbabilities(of: inputs) == two.logProbabilities(of: inputs))
        let strong = try await SoftmaxRegression(
            inputs: inputs, labels: labels, classes: 9, ridge: 10, tolerance: 1e-10)
        let cold = try await SoftmaxRegression(
            inputs: inputs, labels: labels, classes: 9, ridge: 0.1, tolerance: 1e-10)
        let warm = try await SoftmaxRegression(
            inputs: inputs, labels: labels, classes: 9, ridge: 0.1, start: strong, tolerance: 1e-10)
        for (first, second) in zip(cold.logProbabilities(of: inputs), warm.logProbabilities(of: inputs)) {
            #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }
}
