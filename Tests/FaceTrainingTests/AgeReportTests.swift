import Foundation
import Testing

@testable import FaceTraining

@Suite struct AgeReportTests {
    private func look(_ name: String, _ logit: Double, _ copies: AgeCopies = .plain) throws -> AgeReport.Look {
        AgeReport.Look(labels: try #require(AgePicture.Labels(file: name)), copies: copies, logit: logit)
    }

    private func report(_ looks: [AgeReport.Look]) -> AgeReport {
        AgeReport(looks: looks, calibration: AgeCalibration())
    }

    @Test func childrenAndAdultsCountTheSame() throws {
        let report = report([
            try look("5_0_0_a", -2), try look("40_0_0_b", 2), try look("41_0_0_c", 2), try look("42_0_0_d", -2),
        ])
        #expect(abs(report.balancedAccuracy - (1 + 2.0 / 3) / 2) < 1e-12)
        let right = log(1 + exp(-2.0)), wrong = log(1 + exp(2.0))
        #expect(abs(report.balancedLoss - (right + (2 * right + wrong) / 3) / 2) < 1e-12)
    }

    @Test func rowsCountByAgeGenderRaceAndCopies() throws {
        let rows = try report([
            try look("13_1_2_a", -3), try look("13_1_2_b", 3), try look("14_0_0_c", -3), try look("30_1_0_d", 3),
            try look("30_1_0_d", -3, .dark),
        ]).rows()
        func row(_ group: String, _ copies: String = "plain") throws -> AgeReport.Row {
            try #require(rows.first { $0.group == group && $0.copies == copies })
        }
        let all = try row("all")
        #expect(all.count == 4 && all.calledChildren == 2 && all.right == 0.5)
        #expect(all.low < 0.5 && all.high > 0.5)
        #expect(try row("age 9-13").right == 0.5 && row("age 14-17").right == 0)
        #expect(try row("adult").count == 2 && row("child, Asian").count == 2)
        #expect(try row("adult, female").right == 1 && row("adult, female", "dark").right == 0)
        #expect(!rows.contains { $0.group == "age 0-3" }, "nobody, no row")
    }

    @Test func theCalibrationUndoesWhatWasMultipliedAndAdded() throws {
        // The true log-odds of being an adult are x; the network says 2 x + 1.
        var looks: [AgeReport.Look] = []
        for step in -20...20 {
            let x = Double(step) / 5, count = 200
            let adults = Int((Double(count) / (1 + exp(-x))).rounded())
            for index in 0..<count {
                looks.append(try look(index < adults ? "40_0_0_a" : "5_0_0_a", 2 * x + 1))
            }
        }
        let calibration = try AgeCalibration(looks)
        #expect(abs(calibration.slope - 0.5) < 0.01 && abs(calibration.offset + 0.5) < 0.02)
        #expect(abs(calibration.childProbability(1) - 0.5) < 0.01)
        var calibrated = report(looks)
        let before = try calibrated.calibrationError
        calibrated.calibration = calibration
        #expect(try calibrated.calibrationError < 0.01 && before > 0.05)
    }

    @Test func oneKindAloneCantBeCalibrated() throws {
        let one = try look("40_0_0_a", 1)
        #expect(throws: (any Error).self) { try AgeCalibration([one, one]) }
    }

    @Test func aSeparatedSampleStillHasACalibration() throws {
        let calibration = try AgeCalibration([try look("40_0_0_a", 3), try look("5_0_0_a", -3)])
        #expect(calibration.slope > 0 && calibration.slope.isFinite)
        #expect(calibration.childProbability(-3) > 0.5 && calibration.childProbability(3) < 0.5)
    }
}
