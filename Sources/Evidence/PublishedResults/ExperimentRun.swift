public import Foundation
public import LikenessSupport

/// The steps of an experiment, run one after the other; what is there from an earlier run is taken.
public struct ExperimentRun: Sendable {
    /// What becomes of a step.
    public enum Event: Sendable, Hashable {
        /// It runs now; the arguments are as they are given to the command.
        case begins(Experiment.Step, number: Int, arguments: [String])
        /// Its record is there from an earlier run of the same command.
        case isThere(Experiment.Step, number: Int)
    }

    private let experiment: Experiment
    private let work: URL
    private let stamp: String

    /// Creates a run of `experiment`.
    ///
    /// - Parameters:
    ///   - work: The folder of the records, and of what the steps write; made where it is missing.
    ///   - stamp: What besides the arguments decides on the records, such as the program's digest: a record that was
    ///     made under another stamp is made anew.
    public init(_ experiment: Experiment, work: URL, stamp: String) {
        self.experiment = experiment
        self.work = work
        self.stamp = stamp
    }

    /// Runs the steps whose records are not there.
    ///
    /// - Parameters:
    ///   - again: Whether all steps run, whatever is there.
    ///   - report: Told before each step.
    ///   - command: Runs the command with these arguments, waits for it, and gives its exit status.
    /// - Returns: The records, by the steps' names.
    /// - Throws: ``ExperimentError``; what `command` throws. Records of the steps before stay.
    public func records(
        again: Bool = false, report: (Event) -> Void = { _ in }, command: ([String]) async throws -> Int32
    ) async throws -> [String: JSONValue] {
        for need in experiment.needs where !FileManager.default.fileExists(atPath: need.path) {
            throw ExperimentError.missing(need.path, from: need.from)
        }
        do {
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        } catch { throw ExperimentError.unwritable(work.relativePath) }
        var records: [String: JSONValue] = [:], stamp = stamp
        for (index, step) in experiment.steps.enumerated() {
            try Task.checkCancellation()
            let arguments = try arguments(of: step, after: records)
            // A step works on what those before it wrote: its stamp rests on theirs.
            stamp = try SHA256(of: Data(([stamp] + arguments).joined(separator: "\0").utf8)).hexadecimal
            let files = StepFiles(step, in: work)
            if !again, let record = files.record(stamp: stamp) {
                report(.isThere(step, number: index + 1))
                records[step.name] = record
                continue
            }
            report(.begins(step, number: index + 1, arguments: arguments))
            files.removeStamp()
            let status = try await command(arguments)
            try Task.checkCancellation()
            guard (step.statuses ?? [0]).contains(status), let record = files.record() else {
                throw ExperimentError.stepFailed(step.name, status: status)
            }
            try files.seal(stamp)
            records[step.name] = record
        }
        return records
    }

    private func arguments(
        of step: Experiment.Step, after records: [String: JSONValue]
    ) throws(ExperimentError) -> [String] {
        var arguments: [String] = []
        for argument in step.arguments {
            arguments.append(try Placeholder.filled(argument, work: work, records: records))
        }
        return arguments + ["--format", "json", "--output", StepFiles(step, in: work).file.relativePath]
    }
}

/// A step's record, and the stamp that says which command made it.
private struct StepFiles {
    let file: URL
    private let seal: URL

    init(_ step: Experiment.Step, in work: URL) {
        file = work.appending(path: step.name + ".json")
        seal = work.appending(path: step.name + ".stamp")
    }

    /// Returns the record, where it was made under `stamp`.
    func record(stamp: String) -> JSONValue? {
        (try? String(contentsOf: seal, encoding: .utf8)) == stamp ? record() : nil
    }

    func record() -> JSONValue? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        return try? JSONDecoder().decode(JSONValue.self, from: data)
    }

    /// Without its stamp the record of another command is never taken for this one's.
    func removeStamp() { try? FileManager.default.removeItem(at: seal) }

    func seal(_ stamp: String) throws(ExperimentError) {
        do { try Data(stamp.utf8).write(to: seal, options: .atomic) } catch { throw .unwritable(seal.relativePath) }
    }
}
