public import LikenessSupport

/// An error that says why a run can't continue.
public enum TrainingError: LikenessError, Hashable {
    /// The loss of a step is not finite.
    case lossNotFinite(step: Int)
    /// A gradient of a step is not finite.
    case gradientNotFinite(step: Int)
    /// The validation has no measure with the name in `validation.measure`.
    case noMeasure(String, measures: [String])
    /// The run was asked to stop. Its state was saved before.
    case interrupted(step: Int)
    /// A folder contains a run with another configuration.
    case otherRun(folder: String, field: String)
    /// There are checkpoints, but all of them are damaged.
    case noWholeCheckpoint(folder: String)
    /// There is no run that can be resumed.
    case nothingToResume(folder: String)
    /// A folder contains no run whose seeds have all finished.
    case notEnded(folder: String)
    /// No task has this name.
    case unknownTask(String, known: [String])
    /// Another process is training in the folder. `process` is its number, or `nil` if the number is unknown.
    case busy(folder: String, process: Int32?)
    /// A file can't be written.
    case unwritable(String, reason: String)
    /// A file of the run can't be read.
    case unreadable(String, reason: String)

    /// The code of all cases.
    public var code: String { "training_failed" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .interrupted: .interrupted
        case .otherRun: .usage
        case .nothingToResume, .notEnded: .noInput
        case .unwritable, .unreadable, .busy: .inputOutput
        case .lossNotFinite, .gradientNotFinite, .noMeasure, .noWholeCheckpoint, .unknownTask: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .lossNotFinite(let step): "the loss of step \(step) is not finite"
        case .gradientNotFinite(let step): "a gradient of step \(step) is not finite"
        case .noMeasure(let name, let measures):
            "validation.measure is \"\(name)\", but the task measures \(measures.joined(separator: ", "))"
        case .interrupted(let step): "interrupted after step \(step), which is saved"
        case .otherRun(let folder, let field): "\(folder) contains a run with a different \(field)"
        case .noWholeCheckpoint(let folder): "every checkpoint in \(folder) is damaged"
        case .nothingToResume(let folder): "there is no run in \(folder) to resume"
        case .notEnded(let folder): "there is no finished run in \(folder)"
        case .unknownTask(let name, let known):
            "there is no task called \"\(name)\"; there are \(known.joined(separator: ", "))"
        case .busy(let folder, let process):
            "another process\(process.map { " (\($0))" } ?? "") is training in \(folder)"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .lossNotFinite, .gradientNotFinite:
            "lower schedule.rate or set clip; earlier checkpoints are kept"
        case .interrupted: "run the same command again to resume"
        case .otherRun: "choose another folder, or start over with --fresh"
        case .noWholeCheckpoint: "start over with --fresh"
        case .notEnded: "finish it with likeness train"
        case .busy: "wait until it has finished, or choose another folder"
        case .noMeasure, .nothingToResume, .unknownTask, .unwritable, .unreadable: nil
        }
    }
}
