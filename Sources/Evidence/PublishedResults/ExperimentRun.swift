public import Foundation
public import LikenessSupport

/// A run of an experiment's steps in order.
///
/// Records from an earlier run are reused.
public struct ExperimentRun: Sendable {
    /// A progress event of a step.
    public enum Event: Sendable, Hashable {
        /// The step starts.
        ///
        /// The arguments are those given to the command.
        case begins(Experiment.Step, number: Int, arguments: [String])
        /// The step's record exists from an earlier run of the same command.
        case isThere(Experiment.Step, number: Int)
    }

    private let experiment: Experiment
    private let work: URL
    private let stamp: String

    /// Creates a run of `experiment`.
    ///
    /// - Parameters:
    ///   - experiment: The experiment.
    ///   - work: The folder of the records and of the files that the steps write; created if it does not exist.
    ///   - stamp: A text that identifies everything besides the arguments on which the records depend, such as the
    ///     program's digest. A record with another stamp is made again.
    public init(_ experiment: Experiment, work: URL, stamp: String) {
        self.experiment = experiment
        self.work = work
        self.stamp = stamp
    }

    /// Runs the steps without records.
    ///
    /// - Parameters:
    ///   - again: Whether to run all steps, even if they have records.
    ///   - report: Called before each step.
    ///   - command: Runs the command with the given arguments, waits for it, and returns its exit status.
    /// - Returns: The records, by the steps' names.
    /// - Throws: ``ExperimentError``; errors of `command`. Records of earlier steps are kept.
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
            // A step uses the output of earlier steps, so its stamp includes theirs.
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

/// A step's record, with the stamp of the command that made it.
private struct StepFiles {
    let file: URL
    private let seal: URL

    init(_ step: Experiment.Step, in work: URL) {
        file = work.appending(path: step.name + ".json")
        seal = work.appending(path: step.name + ".stamp")
    }

    /// Returns the record if it was made under `stamp`.
    func record(stamp: String) -> JSONValue? {
        (try? String(contentsOf: seal, encoding: .utf8)) == stamp ? record() : nil
    }

    func record() -> JSONValue? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        return try? JSONDecoder().decode(JSONValue.self, from: data)
    }

    /// Removes the stamp, so that the record of another command is never used for this one.
    func removeStamp() { try? FileManager.default.removeItem(at: seal) }

    func seal(_ stamp: String) throws(ExperimentError) {
        do { try Data(stamp.utf8).write(to: seal, options: .atomic) } catch { throw .unwritable(seal.relativePath) }
    }
}
