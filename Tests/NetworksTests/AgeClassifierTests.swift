import Networks
import Tensors
import Testing

import class Tensors.Tensor

@Suite(.enabled(if: Engines.isThere, Comment(rawValue: Engines.reason)))
struct AgeClassifierTests {
    private let store = ParameterStore(seed: 1)
    private let network: AgeClassifier

    init() throws {
        try Engines.open()
        network = try AgeClassifier(store.root)
    }

    private var crops: Tensor { Tensor.uniform(-1..<1, shape: [2, 3, 96, 96]) }

    @Test func asksAboutEachAge() {
        #expect(network(crops, training: false).shape == [2, AgeClassifier.ages.count])
        #expect(AgeClassifier.ages[AgeClassifier.childIndex] == AgeClassifier.oldestChild)
        #expect(AgeClassifier.ages == AgeClassifier.ages.sorted())
    }

    @Test func hasSixHundredThousandValues() {
        let widths = [24, 48, 96, 160]
        var count = 3 * 24 * 9 + 2 * 24 + 160 * 11 + 11
        for (inputs, outputs) in zip(widths, widths.dropFirst()) {
            count += 9 * (inputs * outputs + outputs * outputs) + inputs * outputs + 3 * 2 * outputs
        }
        #expect(store.count == count && count < 650_000)
    }

    @Test func theGradientReachesEveryWeight() {
        network(crops, training: true).squared.sum().backward()
        for entry in store.trainable {
            #expect(entry.tensor.gradient?.magnitude.max().scalar ?? 0 > 0, "\(entry.name)")
        }
    }

    @Test func dropoutIsOfTrainingAlone() {
        let x = crops
        #expect(network(x, training: false).floats == network(x, training: false).floats)
    }
}
