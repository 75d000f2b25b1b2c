import Foundation
import TestSupport
import Testing

@testable import Training

@Suite struct MetricsLogTests {
    private let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "metrics.jsonl") }

    init() throws { folder = try TemporaryFolder() }

    private func step(_ number: Int, loss: Double = 1) -> StepRecord {
        StepRecord(
            step: number, epoch: 0, loss: loss, terms: ["accuracy": 0.5], rate: 0.1, gradientNorm: 1,
            examplesPerSecond: 10, waited: 0, seconds: 1)
    }

    @Test func aLineIsAnObject() throws {
        let log = try MetricsLog(at: file)
        try log.forget(after: 0)
        try log.append(step(1), if: true)
        try log.append(step(2), if: false)
        try log.append(ValidationRecord(step: 2, epoch: 1, measures: ["accuracy": .nan]))
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[1] == #"{"validation":{"epoch":1,"measures":{"accuracy":"nan"},"step":2}}"#)
    }

    @Test func goingOnForgetsWhatComesAgainAndWhatWasCutShort() throws {
        let log = try MetricsLog(at: file)
        try log.forget(after: 0)
        for number in 1...5 { try log.append(step(number, loss: 0.1 * Double(number)), if: true) }
        try log.append(ValidationRecord(step: 4, epoch: 1, measures: [:]))
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"step":{"step":6,"epo"#.utf8))

        let again = try MetricsLog(at: file)
        #expect(again.steps.map(\.step) == [1, 2, 3, 4, 5])
        try again.forget(after: 3)
        try again.append(step(4, loss: 9), if: true)
        let read = try MetricsLog(at: file)
        #expect(read.steps.map(\.loss) == [0.1, 0.2, 0.1 * 3, 9])
        #expect(read.validations.isEmpty)
    }

    @Test func drawsOnePlotForEachKindOfFigure() throws {
        let log = try MetricsLog(at: file)
        try log.forget(after: 0)
        for number in 1...5 { try log.append(step(number), if: true) }
        try log.append(ValidationRecord(step: 5, epoch: 1, measures: ["<accuracy>": 0.7]))
        let curves = folder.url.appending(path: "curves.svg")
        try log.drawCurves(to: curves)
        let svg = try String(contentsOf: curves, encoding: .utf8)
        for title in ["training loss", "other terms", "held-out data", "&lt;accuracy&gt;"] {
            #expect(svg.contains(">\(title)<"))
        }
    }
}
