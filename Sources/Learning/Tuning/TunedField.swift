import Foundation
import LikenessSupport
public import Metaheuristics
public import Training

/// A field of a run's configuration file that is tuned, by its dotted path.
public struct TunedField: Sendable, Hashable {
    /// The path, such as `settings.neurons`, and the possible values.
    public let variable: SearchVariable

    /// Parses `settings.neurons=5...225`, `optimizer.weightDecay=0...0.1`, `schedule.rate=log:0.0001...0.01` or
    /// `schedule.kind=cosine|constant`.
    ///
    /// - Throws: ``TuningError/invalidField(_:reason:)``.
    public init(_ text: String) throws(TuningError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .invalidField(text, reason: "it has no name or no range")
        }
        let shared = ["task", "seeds", "device", "threads", "settings.stages", "settings.data", "settings.fold"]
        for name in shared where parts[0] == name || parts[0].hasPrefix(name + ".") {
            throw .invalidField(text, reason: "\(name) is the same for all evaluations")
        }
        do {
            variable = try SearchVariable(parts[0], Self.domain(parts[1], of: text))
        } catch let error as TuningError {
            throw error
        } catch {
            throw .invalidField(text, reason: Reason.text(of: error))
        }
    }

    /// Returns the fields that the DS-AEAN paper (Scientific Reports 15:17594, 2025) tunes: 5 to 225 hidden neurons, 5
    /// to 50 epochs, 5 to 250 steps per epoch.
    ///
    /// - Parameters:
    ///   - task: The task's name.
    ///   - fields: The dotted paths of its numeric settings.
    public static func usual(task: String, fields: [String]) throws(TuningError) -> [TunedField] {
        guard let neurons = fields.first(where: { $0.hasSuffix(".neurons") }) else {
            throw .noNeurons(task: task, fields: fields)
        }
        return [
            try TunedField("\(neurons)=5...225"), try TunedField("epochs=5...50"),
            try TunedField("stepsPerEpoch=5...250"),
        ]
    }

    /// Checks that the task has the field and accepts all its values. This happens before any data is read.
    ///
    /// - Parameters:
    ///   - file: The configuration file of the run to tune.
    ///   - tasks: The tasks that it may name.
    /// - Throws: `ConfigurationError`, `TrainingError.unknownTask`.
    public func check(in file: RunFile, tasks: [any RunnableTask.Type]) throws {
        for value in variable.extremes {
            let data = try file.changing([variable.name: value.fieldValue])
            // Creating a run without starting it checks every field of its configuration and writes nothing.
            _ = try TrainingRun(data, tasks: tasks, folder: FileManager.default.temporaryDirectory)
        }
    }

    private static func domain(_ text: String, of field: String) throws -> SearchVariable.Domain {
        let choices = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard choices.count == 1 else { return .category(choices) }
        let isLogarithmic = text.hasPrefix("log:")
        let ends = (isLogarithmic ? String(text.dropFirst(4)) : text).components(separatedBy: "...")
        guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]), low <= high else {
            throw TuningError.invalidField(field, reason: "'\(text)' is not a range")
        }
        if let first = Int(ends[0]), let last = Int(ends[1]) {
            guard first <= last else { throw TuningError.invalidField(field, reason: "'\(text)' is not a range") }
            return isLogarithmic ? .logarithmicInteger(first...last) : .integer(first...last)
        }
        return isLogarithmic ? .logarithmic(low...high) : .real(low...high)
    }
}

extension SearchValue {
    /// The value in the form of a configuration file.
    var fieldValue: RunFile.Value {
        switch self {
        case .real(let number): .number(number)
        case .integer(let number): .number(Double(number))
        case .category(let text): .text(text)
        }
    }
}
