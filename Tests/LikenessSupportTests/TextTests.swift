import LikenessSupport
import Testing

@Suite("Numbers for people") struct TextTests {
    @Test("Numbers have the digits that are asked for") func numbers() {
        #expect(decimal(0.123_46, 4) == "0.1235")
        #expect(decimal(Float(-2), 1) == "-2.0")
        #expect(decimal(Double?.none, 3) == "-")
        #expect([signed(0.256, 2), signed(-0.256, 2), signed(Float(0), 1)] == ["+0.26", "-0.26", "+0.0"])
        #expect([significant(0.001), significant(0.000_001), significant(0.012_34, 2)] == ["0.001", "1e-06", "0.012"])
        #expect([scientific(1e-6), scientific(0.002_6, 1)] == ["1e-06", "2.6e-03"])
    }

    @Test("Shares are in percent") func shares() {
        #expect(percent(0.973) == "97.30 %")
        #expect(percent(0.5, 0) == "50 %")
        #expect(percent(0.973, 0.961, 0.982) == "97.30 % (96.10 to 98.20)")
    }

    @Test(
        "A probability is never said to be certain",
        arguments: [
            (0, "< 0.01 %"), (0.000_2, "0.02 %"), (0.01, "1.0 %"), (0.973, "97.3 %"), (0.995, "99.50 %"),
            (1, "> 99.99 %"),
        ])
    func probabilities(probability: Double, text: String) { #expect(percentage(probability) == text) }

    @Test("A text in lines keeps its words and its indentation, and breaks within the width")
    func textInLines() {
        #expect(lines(of: "one two three", indentedBy: 2, width: 9) == "  one two\n  three")
        #expect(lines(of: "", indentedBy: 2).isEmpty)
        // A word that is too long has a line of its own.
        #expect(lines(of: "a incomprehensibility b", indentedBy: 1, width: 8) == " a\n incomprehensibility\n b")
        var generator = SplitMix64(state: 5)
        for _ in 0..<200 {
            let words = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                String(repeating: "w", count: .random(in: 1...12, using: &generator))
            }
            let text = lines(of: words.joined(separator: " "), indentedBy: 6, width: 30)
            let parts = text.split(separator: "\n")
            #expect(parts.allSatisfy { $0.count <= 30 && $0.hasPrefix("      w") })
            #expect(parts.flatMap { $0.split(separator: " ") }.map(String.init) == words)
        }
    }

    @Test("Counts have the right plural") func counts() {
        #expect(
            [counted(1, "picture"), counted(2, "picture"), counted(0, "person", "people")] == [
                "1 picture", "2 pictures", "0 people",
            ])
    }

    @Test("Durations", arguments: [(0, "0:00"), (62.2, "1:03"), (3723, "1:02:03"), (.infinity, "99:59:59")])
    func durations(seconds: Double, text: String) {
        #expect(clock(seconds) == text)
        #expect(Duration.milliseconds(1500).seconds == 1.5)
    }
}
