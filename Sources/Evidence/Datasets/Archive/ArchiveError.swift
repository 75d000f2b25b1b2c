public import LikenessSupport

/// An error of an archive of faces.
public enum ArchiveError: LikenessError, Hashable {
    /// The folder contains no archive, or one that was never finished.
    case notAnArchive(String, reason: String)
    /// A line of the index is invalid.
    case damagedIndex(String, line: Int)
    /// The first line of the index states a number that differs from the actual one.
    case miscounted(String, field: String, said: Int, found: Int)
    /// The content of a part differs from what was written.
    case damagedPart(String, reason: String)
    /// A part is missing or can't be opened.
    case unreadablePart(String)
    /// The archive is already finished.
    case finished(String)
    /// The archive was started with other settings.
    case otherSettings(String, begun: String, asked: String)
    /// Two archives can't be joined, because their faces were found by different detectors.
    case otherDetector(String, String)
    /// Another process is writing the archive.
    case busy(String)
    /// The archive can't be written.
    case unwritable(String, reason: String)

    /// The code of all cases.
    public var code: String { "bad_archive" }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .notAnArchive, .unreadablePart: .noInput
        case .unwritable, .busy: .inputOutput
        case .damagedIndex, .miscounted, .damagedPart, .finished, .otherSettings, .otherDetector: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notAnArchive(let folder, let reason): "\(folder) is not an archive of faces: \(reason)"
        case .damagedIndex(let file, let line): "\(file) is damaged in line \(line)"
        case .miscounted(let file, let field, let said, let found):
            "\(file) is damaged: its first line says \"\(field)\": \(said), but there are \(found)"
        case .damagedPart(let file, let reason): "the part \(file) is damaged (\(reason))"
        case .unreadablePart(let file): "the part \(file) can't be opened"
        case .finished(let folder): "the archive \(folder) is finished"
        case .otherSettings(let folder, let begun, let asked):
            "the archive \(folder) was started with \(begun), not with \(asked)"
        case .otherDetector(let one, let other):
            "the faces of one archive were found by \(one), those of the other by \(other)"
        case .busy(let folder): "the archive \(folder) is being written by another process"
        case .unwritable(let file, let reason): "\(file) can't be written: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .damagedIndex, .miscounted, .damagedPart, .unreadablePart: "copy or pack the archive again"
        case .finished: "remove it to pack it again, or choose another folder"
        case .otherSettings: "remove it to pack it again"
        case .otherDetector: "pack both with one detector"
        case .notAnArchive, .busy, .unwritable: nil
        }
    }
}
