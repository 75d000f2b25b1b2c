public import Faces
public import LikenessSupport

/// An error of a gallery or its store.
public enum GalleryError: LikenessError, Hashable {
    /// The store has no gallery of this name.
    case noSuchGallery(String, known: [String])
    /// The store has a gallery of this name already.
    case galleryExists(String)
    /// The name of a gallery or person, or the id of a person, is invalid.
    case invalidName(String, reason: String)
    /// An embedding comes from another model than the gallery's.
    case modelMismatch(gallery: String, expected: ModelIdentity, found: ModelIdentity)
    /// An embedding has a different dimension from the gallery's.
    case dimensionMismatch(expected: Int, found: Int)
    /// The dimension for a new gallery is not one that a gallery can store.
    case invalidDimension(Int)
    /// The values are not a unit vector.
    case invalidVector(String)
    /// The gallery has no person with this id or name.
    case noSuchPerson(String, gallery: String)
    /// Several people have this name; only an id distinguishes them.
    case ambiguousName(String, ids: [String])
    /// The gallery has another person with this id.
    case personExists(id: String, name: String)
    /// The gallery has no template with this id.
    case noSuchTemplate(Int64, gallery: String)
    /// The gate refused an enrollment.
    case enrollmentRefused([EnrollmentIssue])
    /// The file is not a store of Likeness.
    case notAStore(String)
    /// A newer version of Likeness made the store.
    case newerStore(String)
    /// The store's file can't be opened or written.
    case unavailable(String, reason: String)
    /// The store may be read, but not changed.
    case readOnly(String)
    /// Another process keeps the store locked.
    case busy(String)
    /// The disk has no space left for the store.
    case diskFull(String)
    /// There is not enough memory for the operation.
    case outOfMemory(String)
    /// The store's file is damaged.
    case damaged(String, reason: String)
    /// The data was removed from the gallery, but its bytes are still in the store's log.
    case notScrubbed(String)
    /// The model's card can't support a rate of false alarms in a gallery of this size.
    case unsupportedFalseAlarmRate(FalseAlarmShortfall)
    /// There is no file to import at this path.
    case noExport(String)
    /// An exported gallery can't be read; `line` counts from 1, and is 0 if the error concerns the whole file.
    case invalidExport(String, line: Int, reason: String)

    /// A short code for programs, which never changes.
    public var code: String {
        switch self {
        case .noSuchGallery: "no_such_gallery"
        case .galleryExists: "gallery_exists"
        case .invalidName: "invalid_name"
        case .modelMismatch: "model_mismatch"
        case .dimensionMismatch: "dimension_mismatch"
        case .invalidDimension: "invalid_dimension"
        case .invalidVector: "invalid_vector"
        case .noSuchPerson: "no_such_person"
        case .ambiguousName: "ambiguous_name"
        case .personExists: "person_exists"
        case .noSuchTemplate: "no_such_template"
        case .enrollmentRefused: "enrollment_refused"
        case .noExport: "file_not_found"
        case .notAStore: "not_a_store"
        case .newerStore: "newer_store"
        case .unavailable: "store_unavailable"
        case .readOnly: "store_read_only"
        case .busy: "store_busy"
        case .diskFull: "disk_full"
        case .outOfMemory: "out_of_memory"
        case .damaged: "store_damaged"
        case .notScrubbed: "not_scrubbed"
        case .unsupportedFalseAlarmRate: "unsupported_false_alarm_rate"
        case .invalidExport: "invalid_export"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .noSuchGallery, .noSuchPerson, .noSuchTemplate, .noExport: .noInput
        case .unavailable, .readOnly, .busy, .diskFull, .notScrubbed: .inputOutput
        case .outOfMemory: .system
        case .unsupportedFalseAlarmRate: .usage
        case .galleryExists, .invalidName, .modelMismatch, .dimensionMismatch, .invalidDimension, .invalidVector,
            .ambiguousName,
            .personExists, .enrollmentRefused, .notAStore, .newerStore, .damaged, .invalidExport:
            .badData
        }
    }
}

extension GalleryError {
    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noSuchGallery(let name, let known):
            known.isEmpty
                ? "there is no gallery '\(name)': the store has none yet"
                : "there is no gallery '\(name)'; the store has \(known.map { "'\($0)'" }.joined(separator: ", "))"
        case .galleryExists(let name): "there is already a gallery '\(name)'"
        case .invalidName(let what, let reason): "\(what) \(reason)"
        case .modelMismatch(let gallery, let expected, let found):
            "gallery '\(gallery)' holds embeddings of \(expected), not of \(found)"
        case .invalidDimension(let dimension):
            "a gallery stores embeddings of \(GalleryInfo.dimensions.lowerBound) to "
                + "\(GalleryInfo.dimensions.upperBound) numbers, not of \(dimension)"
        case .dimensionMismatch(let expected, let found):
            "the embedding has \(found) numbers, but the gallery's have \(expected)"
        case .invalidVector(let reason): "not a unit vector: \(reason)"
        case .noSuchPerson(let person, let gallery): "gallery '\(gallery)' has no person '\(person)'"
        case .ambiguousName(let name, let ids): "\(ids.count) people are named '\(name)'"
        case .personExists(let id, let name): "the id \(id) already belongs to '\(name)'"
        case .noSuchTemplate(let id, let gallery): "gallery '\(gallery)' has no template \(id)"
        case .enrollmentRefused(let issues):
            "not enrolled: \(issues.map(\.problem).joined(separator: "; "))"
        case .notAStore(let path): "\(path) is not a store of Likeness"
        case .newerStore(let path): "a newer version of Likeness made \(path)"
        case .unavailable(let path, let reason): "\(path) can't be used: \(reason)"
        case .readOnly(let path):
            "\(path) can't be changed: you may only read it, or its folder can't be written to"
        case .busy(let path): "another process keeps \(path) locked"
        case .diskFull(let path): "no space is left for \(path): nothing was changed"
        case .outOfMemory(let what): "not enough memory for \(what)"
        case .damaged(let path, let reason): "\(path) is damaged (\(reason))"
        case .notScrubbed(let path):
            "another process is reading \(path), so bytes of the removed data may still be in its log \(path)-wal"
        case .noExport(let path): "there is no file at \(path)"
        case .unsupportedFalseAlarmRate(let shortfall): shortfall.description
        case .invalidExport(let path, let line, let reason):
            line > 0
                ? "\(path), line \(line): \(reason); nothing was imported" : "\(path): \(reason); nothing was imported"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .galleryExists: "choose another name, or remove it first"
        case .modelMismatch: "embed with the gallery's model"
        case .ambiguousName(_, let ids): "choose one by id (\(ids.joined(separator: ", ")))"
        case .personExists: "leave the id out, or give another"
        case .notAStore: "give another path, or move the file away"
        case .newerStore: "update this one to open it"
        case .busy: "try again when it is done"
        case .diskFull: "free some space and try again"
        case .damaged: "restore it from a copy or an export"
        case .notScrubbed: "end the other process, then scrub the store with 'likeness gallery scrub'"
        case .enrollmentRefused(let issues): EnrollmentIssue.remedy(of: issues)
        case .noExport: "check the path"
        case .invalidName: "choose another name"
        case .unsupportedFalseAlarmRate:
            "allow more false alarms (--fpir; in code, DecisionPolicy.falseAlarmRate), or use a smaller gallery"
        case .noSuchGallery, .dimensionMismatch, .invalidDimension, .invalidVector, .noSuchPerson,
            .noSuchTemplate, .unavailable, .readOnly, .outOfMemory, .invalidExport:
            nil
        }
    }
}
