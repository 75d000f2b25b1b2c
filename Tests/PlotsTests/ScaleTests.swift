import Testing

@testable import Plots

@Suite struct ScaleTests {
    @Test func marksRoundNumbersAroundTheValues() {
        let axis = Axis("", fitting: [0.13, 0.87])
        #expect(axis.range == 0...1)
        #expect(axis.ticks.map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
        #expect(axis.place(0, from: 100, to: 0) == 100 && abs(axis.place(1, from: 100, to: 0)) < 1e-9)
        #expect(abs(axis.place(0.5, from: 100, to: 0) - 50) < 1e-9)
        #expect(Axis("", fitting: [0, 4300]).ticks.map(\.label) == ["0", "1000", "2000", "3000", "4000", "5000"])
        #expect(Axis("", fitting: [-2, 2]).ticks.map(\.label).contains("0"))
    }

    @Test func marksRoundNumbersInsideAGivenRange() {
        let axis = Axis("", over: 0.03...0.97)
        #expect(axis.ticks.map(\.label) == ["0.2", "0.4", "0.6", "0.8"])
    }

    @Test func aLineWithoutHeightHasRoomAroundIt() {
        let range = Axis("", fitting: [5, 5]).range
        #expect(range.lowerBound < 5 && range.upperBound > 5)
        #expect(Axis("", fitting: []).ticks.count > 1)
        #expect(Axis("", fitting: [.nan, .infinity]).range == 0...1)
    }

    @Test func extremeNumbersHaveAnAxisToo() {
        for values: [Double] in [
            [.leastNonzeroMagnitude, 2 * .leastNonzeroMagnitude], [-1e308, 1e308], [1e99, -1e100],
            [1e17, 1e17 + 16], [5, 5.000000000000001], [0, -0.0],
        ] {
            for scale in [Scale.linear, .percent] {
                let axis = Axis("", scale: scale, fitting: values)
                #expect(axis.range.lowerBound < axis.range.upperBound && axis.ticks.count < 1000, "\(values)")
            }
            #expect(Axis("", scale: .logarithmic, fitting: values).ticks.count < 1000, "\(values)")
        }
        #expect(Axis("", scale: .logarithmic, fitting: []).ticks.count > 1)
        #expect(Axis("", scale: .logarithmic, fitting: [0, 0.1, 1]).range == 0.1...1)
    }

    @Test func powersOfTenLieEquallyFarApart() {
        let axis = Axis("", scale: .logarithmic, over: 1e-4...1)
        #expect(axis.ticks.map(\.label) == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"])
        for (index, tick) in axis.ticks.enumerated() {
            #expect(abs(axis.place(tick.value, from: 0, to: 400) - Double(index) * 100) < 1e-9)
        }
        // Zero has no logarithm: it is placed slightly outside.
        #expect(axis.place(0, from: 0, to: 400) == -20 && axis.place(100, from: 0, to: 400) == 420)
    }

    @Test func fewPowersOfTenHaveNumbersBetween() {
        let labels = Axis("", scale: .logarithmic, over: 0.003...0.2).ticks.map(\.label)
        #expect(labels == ["5·10⁻³", "10⁻²", "2·10⁻²", "5·10⁻²", "10⁻¹", "2·10⁻¹"])
        #expect(Axis("", scale: .logarithmic, over: 1...1e12).ticks.last?.label == "10¹²")
    }

    @Test func percentagesEndAtAHundred() {
        let axis = Axis("", scale: .percent, fitting: [0.961, 0.99, 1])
        #expect(axis.range.upperBound == 1 && axis.range.lowerBound <= 0.961 && axis.range.lowerBound > 0.9)
        #expect(axis.ticks.map(\.label) == ["96", "97", "98", "99", "100"])
        #expect(Axis("", scale: .percent, fitting: [1, 1]).range.upperBound == 1)
        #expect(Axis("", scale: .percent, fitting: [0, 0]).range.lowerBound == 0)
    }
}
