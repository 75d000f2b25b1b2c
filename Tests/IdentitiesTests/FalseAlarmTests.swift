import Faces
import Foundation
import Identities
import LikenessSupport
import Testing

@Suite("Rates of false alarms by the size of a gallery")
struct FalseAlarmTests {
    /// Tests with a card that rests on `people` people, with thresholds from 0.1 down to 1e-6.
    @Test("The rate per comparison is right for all templates, and not stricter than necessary")
    func conversion() throws {
        let card = try card(people: 20_000)
        var generator = SplitMix64(state: 5)
        for _ in 0..<500 {
            let people = 1 + Int(generator.next() % 2000), templates = people * (1 + Int(generator.next() % 3))
            let size = GallerySize(people: people, templates: templates)
            let asked = pow(10, -3 * generator.unit())
            guard let rate = try? FalseAlarmRate(asked, in: size, by: card) else {
                #expect(asked < size.falseAlarms(falseMatchRate: 1.0001e-6).byTemplates)
                continue
            }
            let alarms = size.falseAlarms(falseMatchRate: rate.perComparison)
            #expect(alarms.byTemplates <= asked * 1.000001)
            #expect(alarms.byPeople <= alarms.byTemplates)
            if rate.perComparison < 0.0999 { #expect(alarms.byTemplates >= asked * 0.999999) }
            #expect(throws: Never.self) { _ = try card.threshold(falseMatchRate: rate.perComparison) }
        }
    }

    @Test("An unsupported rate is reported with the lowest supported one, which is accepted")
    func unsupported() throws {
        let card = try card(people: 2151), size = GallerySize(people: 1000, templates: 1000)
        do {
            _ = try FalseAlarmRate(0.01, in: size, by: card)
            Issue.record("supported")
        } catch GalleryError.unsupportedFalseAlarmRate(let shortfall) {
            #expect(abs(shortfall.neededRate / 1.005e-5 - 1) < 0.001)
            #expect(abs(shortfall.neededPairs - 30 / 1.005e-5) < 1000)
            #expect((2440...2450).contains(shortfall.neededPeople))
            #expect(shortfall.pairs == 2_312_325)
            #expect(abs(shortfall.lowest - 0.013) < 1e-9)
            let text = GalleryError.unsupportedFalseAlarmRate(shortfall).description
            #expect(text.contains("0.013") && text.contains("1000 people") && text.contains("2312325"), "\(text)")
            let taken = try FalseAlarmRate(shortfall.lowest, in: size, by: card)
            #expect(taken.perComparison >= 30.0 / 2_312_325)
        }
        // For any size, the rate in the message is accepted.
        var generator = SplitMix64(state: 6)
        for _ in 0..<300 {
            let size = GallerySize(people: 1, templates: 1 + Int(generator.next() % 200_000))
            do {
                _ = try FalseAlarmRate(1e-6, in: size, by: card)
            } catch GalleryError.unsupportedFalseAlarmRate(let shortfall) {
                guard shortfall.lowest < 1 else { continue }
                #expect(throws: Never.self) { _ = try FalseAlarmRate(shortfall.lowest, in: size, by: card) }
            }
            let lowest = try FalseAlarmRate.lowest(in: size, by: card)
            if lowest.perProbe < 1 {
                #expect(try FalseAlarmRate(lowest.perProbe, in: size, by: card).perComparison >= lowest.perComparison)
            }
        }
    }

    @Test("Invalid rates, an empty gallery, and a card without figures")
    func edges() throws {
        let card = try card(people: 2151), size = GallerySize(people: 10, templates: 10)
        for rate in [0, 1, -0.5, 2, Double.nan, .infinity] {
            #expect(throws: FaceError.self) { _ = try FalseAlarmRate(rate, in: size, by: card) }
        }
        let empty = try FalseAlarmRate(0.01, in: GallerySize(people: 0, templates: 0), by: card)
        #expect(empty.perComparison == 0.1, "the card's highest")
        // Ten comparisons at the card's highest rate give fewer false alarms than 0.9.
        let clamped = try FalseAlarmRate(0.9, in: size, by: card)
        #expect(clamped.perComparison == 0.1)
        #expect(abs(clamped.perProbe - 0.6513) < 0.0001, "1 - 0.9^10")
        // For any rate and size, the result allows at most what was requested, within the card's measurements.
        var generator = SplitMix64(state: 7)
        for _ in 0..<500 {
            let rate = Double.random(in: 0.000_1..<1, using: &generator)
            let count = Int.random(in: 0...5000, using: &generator)
            let random = GallerySize(people: count, templates: count)
            guard let found = try? FalseAlarmRate(rate, in: random, by: card) else { continue }
            #expect(found.perProbe <= rate && found.perComparison <= 0.1 && found.perComparison > 0)
            let alarms = random.falseAlarms(falseMatchRate: found.perComparison).byTemplates
            #expect(alarms <= rate * (1 + 1e-9) && abs(alarms - found.perProbe) < 1e-9 + 1e-6 * rate)
        }
        var bare = card
        bare.calibration = nil
        #expect(throws: FaceError.self) { _ = try FalseAlarmRate(0.01, in: size, by: bare) }
        #expect(throws: FaceError.self) { _ = try OtherPersonLimit(in: size, by: bare) }
    }

    @Test("The gate's limit increases with the gallery, and reports when the card does not support it")
    func gate() async throws {
        let card = try card(people: 2151)
        func limit(_ templates: Int) throws -> OtherPersonLimit {
            try OtherPersonLimit(in: GallerySize(people: templates, templates: templates), by: card)
        }
        #expect(try limit(0).falseMatchRate == OtherPersonLimit.highestFalseMatchRate)
        #expect(try limit(1).rule.threshold == card.threshold(falseMatchRate: 1e-3))
        #expect(try limit(100).falseAlarms <= 0.010001)
        #expect(try limit(500).falseAlarms <= 0.010001)
        let large = try limit(5000)
        #expect(!large.isAsAsked && abs(large.falseMatchRate - 30.0 / 2_312_325) < 1e-9 && large.falseAlarms > 0.06)
        let thresholds = try [0, 1, 10, 30, 100, 300, 700, 1000, 10_000, 1_000_000].map { try limit($0).rule.threshold }
        #expect(thresholds == thresholds.sorted())
        try await withGallery { gallery, _ in
            for number in 0..<3 { try await gallery.enroll("person \(number)", try axis(number)) }
            let asked = try await gallery.otherPersonLimit(by: card, falseAlarms: 0.3)
            #expect(abs(asked.falseAlarms - 0.271) < 0.001, "the card's highest rate per comparison is 0.1")
            #expect(try await gallery.otherPersonLimit(by: card).falseMatchRate == 1e-3)
            await #expect(throws: GalleryError.self) {
                _ = try await gallery.otherPersonLimit(by: card, falseAlarms: 1e-6)
            }
        }
    }
}
