import Faces
public import LikenessSupport

/// An error that says why training on faces isn't possible.
public enum FaceTrainingError: LikenessError, Hashable {
    /// A required file is missing.
    case missing(String)
    /// A model's card can't be read.
    case unreadableCard(String, reason: String)
    /// The cached stages are damaged.
    case damagedStages(String)
    /// The cached crops are damaged.
    case damagedCrops(String)
    /// The cached embeddings are damaged.
    case damagedDescriptions(String)
    /// A file can't be written.
    case unwritable(String, reason: String)
    /// A new model's folder already has files.
    case exists(String)
    /// An archive has too few faces or too few people for calibration.
    case tooFewFaces(String, people: Int, found: Int, wanted: Int)
    /// A picture for comparing two networks has no face.
    case noFace(String)
    /// There are too few people for the task.
    case peopleMissing(PeopleShortage)
    /// One of the sets into which the pictures are split is empty.
    case noPictures(task: String, part: String)
    /// There are too few training people for the loss over the people.
    case tooFewPeople(Int, needed: Int)
    /// One of the training, validation and test sets has no children or no adults.
    case missingAgeGroup(String, group: String)
    /// A run's folder contains no trained network.
    case noNetwork(String, reason: String)
    /// A model's folder contains no network that embeds faces without their context.
    case notATeacher(String)
    /// An installed model that can't be quantized, with the reason.
    case notQuantizable(String, reason: String)

    /// The error's code.
    public var code: String {
        switch self {
        case .unreadableCard: "unreadable_card"
        case .noFace: "face_not_found"
        default: "training_failed"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unreadableCard: .unavailable
        case .unwritable: .inputOutput
        case .exists: .usage
        default: .badData
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .missing(let path): "\(path) is missing"
        case .unreadableCard(let path, let reason): "the model card \(path) can't be read: \(reason)"
        case .damagedStages(let path): "the stages in \(path) are damaged"
        case .damagedCrops(let path): "the crops in \(path) are damaged"
        case .damagedDescriptions(let path): "the embeddings in \(path) are damaged"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .exists(let path): "\(path) exists already"
        case .tooFewFaces(let path, let people, let found, let wanted):
            "\(path) has \(people) \(people == 1 ? "person" : "people"); \(found) \(found == 1 ? "face" : "faces") of four fifths "
                + "of them can be used for the ranges, the others for comparison; at least five people and \(wanted) "
                + "\(wanted == 1 ? "face" : "faces") are needed"
        case .noFace(let path): "\(path) has no face"
        case .peopleMissing(let shortage): shortage.problem
        case .noPictures(let task, let part): "the task \(task) has no pictures \(part)"
        case .tooFewPeople(let found, let needed):
            "the loss in settings.head needs at least \(needed) training people, but there are \(found)"
        case .missingAgeGroup(let path, let group):
            "\(path) has too few faces of \(group): the training, validation and test sets need at least one each, "
                + "in files named AGE_GENDER_RACE_…, as in UTKFace"
        case .notATeacher(let path): "\(path) contains no network that embeds aligned faces"
        case .notQuantizable(let model, let reason): "\(model) can't be quantized: \(reason)"
        case .noNetwork(let path, let reason): "\(path) contains no trained network: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .missing: "run scripts/setup, or set its folder in the run's settings"
        case .unreadableCard: ModelCard.remedy
        case .damagedStages, .damagedCrops, .damagedDescriptions: "remove this folder; it is created again"
        case .tooFewFaces: "pack more people, or use fewer faces (--calibration-faces)"
        case .peopleMissing: PeopleShortage.remedy
        case .noPictures: "add pictures from more sources, or lower settings.folds"
        case .exists: "choose another name, or remove it"
        case .tooFewPeople: "choose another loss, or pack more people"
        case .noFace, .unwritable, .missingAgeGroup, .noNetwork, .notATeacher, .notQuantizable: nil
        }
    }
}
