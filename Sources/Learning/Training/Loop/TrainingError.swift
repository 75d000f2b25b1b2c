public import LikenessSupport

/// An error that says why a run can't go on.
public enum TrainingError: LikenessError, Hashable {
    /// The loss of a step is no number.
    case lossNotFinite(step: Int)
    /// A gradient of a step is no number.
    case gradientNotFinite(step: Int)
    /// A validation gave no measure of the name that the configuration watches.
    case noMeasure(String, measures: [String])
    /// The run was asked to stop; it was written down before.
    case interrupted(step: Int)
    /// A folder holds a run of another configuration.
    case otherRun(folder: String, field: String)
    /// There are checkpoints, and none of them is whole.
    case noWholeCheckpoint(folder: String)
    /// There is no run to go on with.
    case nothingToResume(folder: String)
    /// A folder holds no run of which every seed has ended.
    case notEnded(folder: String)
    /// No task has this name.
    case unknownTask(String, known: [String])
    /// Another process trains in the folder; its number, where it is known.
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
        case .interrupted(let step): "interrupted after step \(step), which is written down"
        case .otherRun(let folder, let field): "\(folder) holds a run whose \(field) is another"
        case .noWholeCheckpoint(let folder): "every checkpoint in \(folder) is damaged"
        case .nothingToResume(let folder): "there is no run in \(folder) to go on with"
        case .notEnded(let folder): "there is no run in \(folder) that has ended"
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
            "lower schedule.rate or set clip; the checkpoints before it are kept"
        case .interrupted: "run it again to go on"
        case .otherRun: "name another folder, or start again with --fresh"
        case .noWholeCheckpoint: "start again with --fresh"
        case .notEnded: "likeness train ends it"
        case .busy: "wait for it, or name another folder"
        case .noMeasure, .nothingToResume, .unknownTask, .unwritable, .unreadable: nil
        }
    }
}
