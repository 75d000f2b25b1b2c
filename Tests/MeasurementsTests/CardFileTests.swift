import Faces
import Foundation
import Measurements
import TestSupport
import Testing

@Suite("Figures written to a model card") struct CardFileTests {
    private let folder: TemporaryFolder
    private let card: ModelCard

    init() throws {
        folder = try TemporaryFolder()
        card = try ColorEmbedder().card
    }

    private func write(_ card: ModelCard) throws -> String {
        try folder.file("card.json", JSONEncoder().encode(card)).path
    }

    /// Returns figures of this many people at rates that fall by factors of ten.
    private func calibration(people: Int, lowest: Double) -> MatchCalibration {
        let rates = [1e-1, 1e-2, 1e-3, 1e-4].filter { $0 >= lowest * 0.99 }
        return MatchCalibration(
            points: rates.enumerated().map {
                MatchCalibration.OperatingPoint(
                    falseMatchRate: $1, threshold: 0.3 + 0.1 * Float($0), falseNonMatchRate: 0)
            },
            data: "drawn", people: people, pictures: 2 * people, impostorPairs: people * (people - 1) * 2,
            peoplePairs: people * (people - 1) / 2, matedPairs: people, conditions: "none", remark: "", command: "")
    }

    private func problem(_ work: () throws -> Void) throws -> CardError {
        try #require(throws: CardError.self, performing: work)
    }

    @Test("The lowest rate is the one that the pairs of people support")
    func support() {
        #expect(calibration(people: 1000, lowest: 1e-4).lowestUsableRate == 1e-4)
        #expect(calibration(people: 3, lowest: 1e-4).lowestUsableRate == nil)
    }

    @Test("Figures are replaced, everything else stays, and weaker ones are refused unless they are accepted")
    func rewritten() throws {
        var old = card
        old.calibration = calibration(people: 1000, lowest: 1e-4)
        let file = try CardFile(write(old))
        let weaker = calibration(people: 1000, lowest: 1e-2)
        guard
            case .weaker(_, earlier: 1e-4, lowest: 1e-2) = try problem({
                try file.checkSupport(of: weaker, acceptsWeaker: false)
            })
        else {
            Issue.record("weaker figures were accepted")
            return
        }
        try file.checkSupport(of: weaker, acceptsWeaker: true)
        try file.checkSupport(of: calibration(people: 2000, lowest: 1e-4), acceptsWeaker: false)
        try file.rewrite(of: card) { $0.calibration = weaker }
        old.calibration = weaker
        #expect(try file.card == old)
    }

    @Test("Figures that support no rate at all are refused, even if weaker figures are accepted")
    func unsupported() throws {
        let path = try write(card)
        let file = try CardFile(path)
        let found = try problem {
            try file.checkSupport(of: calibration(people: 3, lowest: 1e-4), acceptsWeaker: true)
        }
        #expect(found == .unsupported(path))
    }

    @Test("A missing file, a file that is not a card, and another model's card are reported")
    func faults() throws {
        #expect(try problem { _ = try CardFile(folder.path("none.json")) } == .missing(folder.path("none.json")))
        let text = try folder.file("text.json", Data("{}".utf8)).path
        guard case .malformed(text, let reason) = try problem({ _ = try CardFile(text) }) else {
            Issue.record("an empty object was taken for a card")
            return
        }
        #expect(!reason.isEmpty)
        let file = try CardFile(write(card)), other = try ColorEmbedder("other").card
        guard case .ofOtherModel = try problem({ try file.check(isOf: other) }) else {
            Issue.record("another model's card was accepted")
            return
        }
        try file.check(isOf: card)
    }
}
