import Foundation
import LikenessSupport

/// The metrics of a run: one JSON object per line, `{"step": {…}}` or `{"validation": {…}}`.
final class MetricsLog {
    private(set) var steps: [StepRecord] = []
    private(set) var validations: [ValidationRecord] = []
    private let url: URL
    private var file: FileHandle?

    private struct Line: Codable {
        var step: StepRecord?
        var validation: ValidationRecord?
    }

    /// Opens the file and reads its lines. A last line that a killed process left incomplete is dropped.
    init(at url: URL) throws {
        self.url = url
        let data = (try? Data(contentsOf: url)) ?? Data()
        for text in data.split(separator: UInt8(ascii: "\n")) {
            guard let line = try? RunFiles.decoder.decode(Line.self, from: text) else { continue }
            if let step = line.step { steps.append(step) }
            if let validation = line.validation { validations.append(validation) }
        }
    }

    /// Drops the lines after `step`, because a run that resumes there writes them again.
    func forget(after step: Int) throws {
        steps.removeAll { $0.step > step }
        validations.removeAll { $0.step > step }
        var lines = steps.map { ($0.step, Line(step: $0)) } + validations.map { ($0.step, Line(validation: $0)) }
        lines.sort { $0.0 < $1.0 }
        do {
            try Data(lines.map { try text($0.1) }.joined()).write(to: url, options: .atomic)
            file = try FileHandle(forWritingTo: url)
            try file?.seekToEnd()
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }

    /// Writes the line of a step if `isDue`.
    func append(_ record: StepRecord, if isDue: Bool) throws {
        guard isDue else { return }
        steps.append(record)
        try write(Line(step: record))
    }

    /// Writes the line of a validation.
    func append(_ record: ValidationRecord) throws {
        validations.append(record)
        try write(Line(validation: record))
    }

    private func text(_ line: Line) throws -> Data {
        let encoder = RunFiles.encoder
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(line) + Data("\n".utf8)
    }

    private func write(_ line: Line) throws {
        do {
            try file?.write(contentsOf: text(line))
        } catch {
            throw TrainingError.unwritable(url.path, reason: Reason.text(of: error))
        }
    }
}
