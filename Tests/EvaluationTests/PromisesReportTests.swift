import Faces
import Foundation
import Testing

@testable import Evaluation

@Suite struct PromisesReportTests {
    private func card(_ one: Float, _ small: Float) throws -> ModelCard {
        let text = """
            {"name": "m", "version": "1", "task": "embedding", "architecture": "", "weights": [],
             "input": {"name": "input", "layout": "nchw", "channels": "rgb", "normalization": "whitening"}, "outputs": [], "licence": "",
             "licenceNote": "", "origin": {"status": "own", "text": ""}, "trainingData": "", "citation": ""}
            """
        var card = try JSONDecoder().decode(ModelCard.self, from: Data(text.utf8))
        card.calibration = MatchCalibration(
            points: [.init(falseMatchRate: 1e-2, threshold: one, falseNonMatchRate: 0)], data: "", people: 1000,
            pictures: 1000, impostorPairs: 499_500, peoplePairs: 499_500, matedPairs: 1, conditions: "", remark: "",
            command: "")
        card.adaptiveThresholds = AdaptiveThresholds(
            cells: [
                .init(
                    kind: .small, isShared: true, low: 20, high: 24, impostorPairs: 9, peoplePairs: 9,
                    points: [.init(falseMatchRate: 1e-2, threshold: small)])
            ], people: 9, data: "")
        card.probability = ProbabilityCalibration(
            map: .platt(slope: 10, intercept: -4), trainingPrior: 0.5, matedPairs: 1000, impostorPairs: 1000)
        return card
    }

    @Test func everyComparisonIsCounted() throws {
        let drawn = try AdaptiveThresholdsTests.pictures(people: 60, seed: 7)
        let people = Dictionary(uniqueKeysWithValues: Set(drawn.map(\.person)).enumerated().map { ($1, $0) })
        func pictures(_ kind: Int) -> [PromisesReport.Picture] {
            drawn.filter { $0.kind == kind }.map {
                PromisesReport.Picture(person: people[$0.person] ?? 0, source: $0.source, face: $0.face)
            }
        }
        let plain = pictures(0), small = pictures(1)
        var blind = plain
        blind[0] = PromisesReport.Picture(person: plain[0].person, source: plain[0].source, face: nil)
        let card = try card(0.4, 0.7)
        let report = try PromisesReport(
            card,
            on: [
                .init("plain", plain), .init("blind", blind), .init("both", small), .init("one", small, plain),
                .init("none small", small + plain) { min($0.size, $1.size) > 100 },
            ], rates: [1e-2, 1e-9])
        #expect(report.rows.map(\.name) == ["plain", "blind", "both", "one", "none small", "overall"])
        let row = report.rows[0], rate = try #require(row.rates.first)
        #expect(
            row.impostors == 180 * 179 / 2 - 180 && row.mated == 180 && row.withoutFace == 0 && row.rates.count == 1)
        // Recounted, one comparison at a time.
        var above = 0, missed = 0
        for (place, a) in plain.enumerated() {
            for b in plain[(place + 1)...] {
                let (first, second) = (try #require(a.face), try #require(b.face))
                let similarity = try first.embedding.similarity(to: second.embedding)
                if a.person != b.person, similarity >= 0.4 { above += 1 }
                if a.person == b.person, similarity < 0.4 { missed += 1 }
            }
        }
        #expect(abs(rate.one - Double(above) / Double(row.impostors)) < 1e-12 && rate.one == rate.byCondition)
        #expect(
            abs(try #require(rate.missed) - Double(missed) / 180) < 1e-12 && abs(rate.ratio - rate.one / 1e-2) < 1e-12)
        #expect(try #require(rate.difference).value <= 0 && rate.oneMissed == rate.missed)
        let blindRow = report.rows[1]
        #expect(blindRow.withoutFace == 2 && blindRow.mated == 180 && blindRow.impostors < row.impostors)
        let both = try #require(report.rows[2].rates.first)
        #expect(both.byCondition < both.one)
        #expect(try #require(both.missed) >= #require(both.oneMissed))
        // In one row, all pairs have one threshold: at equal false matches, there is no gain.
        #expect(abs(try #require(both.difference).value) < 0.02)
        #expect(report.rows[3].impostors == 120 * 180 - 120 * 3 && report.rows[3].mated == 120 * 2)
        #expect(report.rows[4].impostors == row.impostors && report.rows[4].mated == row.mated)
        let overall = try #require(report.rows[5].rates.first)
        let mean = report.rows.dropLast().reduce(0) { $0 + ($1.rates.first?.byCondition ?? 0) } / 5
        #expect(abs(overall.byCondition - mean) < 1e-12)
        let change = try #require(overall.difference)
        #expect(change.low <= change.value && change.value <= change.high)
        #expect(report.rows.allSatisfy { ($0.calibrationError ?? 1) < 0.5 })
        #expect(throws: FaceError.self) { try PromisesReport(card, on: [.init("plain", plain)], rates: [1e-9]) }
        #expect(throws: EvaluationError.self) { try PromisesReport(card, on: [.init("alone", [plain[0]])]) }
        // Sets with only strangers have no false non-matches, and are not in the overall row; missing values are
        // written as null.
        let strangers = Dictionary(grouping: plain, by: \.person).values.compactMap(\.first)
        let more = try PromisesReport(card, on: [.init("plain", plain), .init("strangers", strangers)], rates: [1e-2])
        let alone = try #require(more.rows[1].rates.first)
        #expect(more.rows[1].mated == 0 && alone.missed == nil && alone.difference == nil)
        #expect(more.rows[2].rates.first?.one == more.rows[0].rates.first?.one)
        let written = String(decoding: try JSONEncoder().encode(more.rows[1]), as: UTF8.self)
        #expect(written.contains("\"missed\":null") && written.contains("\"calibrationError\":null"))
        #expect(throws: EvaluationError.self) {
            try PromisesReport(card, on: [.init("strangers", strangers)], rates: [1e-2])
        }
    }
}
