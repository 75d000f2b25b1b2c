import Foundation
import Networks
import Testing

@testable import FaceTraining

@Suite struct MaskReportTests {
    private func entry(
        _ wearing: MaskClassifier.Wearing, _ logits: [Double], _ origin: MaskPicture.Origin = .photo,
        isFound: Bool = true
    ) -> MaskReport.Entry {
        MaskReport.Entry(picture: maskPicture("photo_1", wearing, origin, isFound: isFound), logits: [logits])
    }

    @Test func severalLooksAreAveraged() {
        let looks = [[0.8, 0.1, 0.1], [0.2, 0.6, 0.2]].map { $0.map { log($0) } }
        let entry = MaskReport.Entry(picture: maskPicture("photo_1", .bare, .photo, isFound: true), logits: looks)
        #expect(zip(entry.probabilities(1), [0.5, 0.35, 0.15]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(MaskReport(entries: [entry]).balancedAccuracy == 1)
    }

    @Test func balancedAccuracyIsTheMeanOfTheClassesShares() {
        let report = MaskReport(entries: [
            entry(.bare, [2, 0, 0]), entry(.bare, [0, 2, 0]), entry(.mask, [0, 2, 0]), entry(.badlyWorn, [0, 2, 0]),
        ])
        #expect(abs(report.balancedAccuracy - (0.5 + 1 + 0) / 3) < 1e-12)
    }

    @Test func maskOrBareCountsStreetPhotographsAlone() {
        // An incorrectly worn mask counts as a mask: 0.3 + 0.3 against 0.4 for bare.
        let almost = [0.4, 0.3, 0.3].map { log($0) }
        let report = MaskReport(entries: [
            entry(.mask, almost), entry(.mask, [3, 0, 0], isFound: false), entry(.bare, [3, 0, 0]),
            entry(.bare, [0, 0, 3], .web), entry(.badlyWorn, [3, 0, 0]),
        ])
        let all = report.maskOrBare(foundOnly: false, temperature: 1)
        #expect(all.masked == 2 && all.maskedRight == 1 && all.bare == 1 && all.bareRight == 1)
        #expect(all.balancedAccuracy == 0.75)
        #expect(report.maskOrBare(foundOnly: true, temperature: 1).balancedAccuracy == 1)
    }

    @Test func theIntervalHoldsTheBalancedAccuracy() throws {
        let counts = MaskReport.MaskOrBare(masked: 100, maskedRight: 98, bare: 40, bareRight: 39)
        let interval = try #require(counts.interval)
        #expect(interval.contains(counts.balancedAccuracy))
        #expect(interval.lowerBound > 0.85 && interval.upperBound < 1)
        #expect(MaskReport.MaskOrBare(masked: 3, maskedRight: 3).interval == nil)
    }

    @Test func theTemperatureUndoesWhatWasMultiplied() {
        // Three in four are correct, which is odds of 3 : 1; the logits are 4 ln 3.
        let logits = [4 * log(3.0), 0, -1000]
        let turned = [logits[1], logits[0], logits[2]]
        let entries = (0..<4).flatMap { index in
            [entry(index < 3 ? .bare : .mask, logits), entry(index < 3 ? .mask : .bare, turned)]
        }
        let report = MaskReport(entries: entries)
        #expect(abs(report.temperature - 4) < 0.01)
        #expect(report.loss(4) < report.loss(1))
    }

    @Test func calibrationIsTheDistanceOfSharesFromProbabilities() {
        // Four at 0.75, three of them masked, have no error. Of two at 0.95, one is masked.
        let logits = [log(0.25), log(0.75), -1000]
        var entries = (0..<4).map { entry($0 < 3 ? .mask : .bare, logits) }
        #expect(MaskReport(entries: entries).calibrationError(1) < 1e-9)
        let sure = [log(0.05), log(0.95), -1000]
        entries += [entry(.mask, sure), entry(.bare, sure)]
        #expect(abs(MaskReport(entries: entries).calibrationError(1) - 0.45 * 2 / 6) < 1e-9)
    }
}
