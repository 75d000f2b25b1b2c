public import LikenessSupport

/// An error that says why training on faces isn't possible.
public enum FaceTrainingError: LikenessError, Hashable {
    /// A file that is needed is not there.
    case missing(String)
    /// A model's card can't be read.
    case unreadableCard(String, reason: String)
    /// The stages that were kept are damaged.
    case damagedStages(String)
    /// The crops that were kept are damaged.
    case damagedCrops(String)
    /// The descriptions that were kept are damaged.
    case damagedDescriptions(String)
    /// A file can't be written.
    case unwritable(String, reason: String)
    /// An archive holds too few faces, or too few people, to calibrate with.
    case tooFewFaces(String, people: Int, found: Int, wanted: Int)
    /// There are too few people for the task.
    case peopleMissing(PeopleShortage)
    /// A part that pictures are dealt into has none.
    case noPictures(task: String, part: String)
    /// There are too few people to train on for what the run wants.
    case tooFewPeople(Int, needed: Int)
    /// The faces with an age are too few to train, calibrate and measure with: one of the parts has none of a group.
    case missingAgeGroup(String, group: String)
    /// A run's folder holds no trained network.
    case noNetwork(String, reason: String)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .unreadableCard: "unreadable_card"
        default: "training_failed"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .unreadableCard: .unavailable
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
        case .damagedDescriptions(let path): "the descriptions in \(path) are damaged"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .tooFewFaces(let path, let people, let found, let wanted):
            "\(path) has \(people) people and, without those who are compared on, \(found) faces to calibrate with; \(wanted) "
                + "faces and at least five people are wanted"
        case .peopleMissing(let shortage): shortage.problem
        case .noPictures(let task, let part): "the task \(task) has no picture \(part)"
        case .tooFewPeople(let found, let needed):
            "the run's settings.head needs \(needed) people or more to train on and has \(found)"
        case .missingAgeGroup(let path, let group):
            "\(path) has too few faces of \(group): some are needed to train on, to calibrate with and to measure, in files "
                + "named AGE_GENDER_RACE_…, as UTKFace's are"
        case .noNetwork(let path, let reason): "\(path) holds no trained network: \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .missing: "run scripts/setup, or name its folder in the run's settings"
        case .unreadableCard: "run scripts/setup again"
        case .damagedStages, .damagedCrops, .damagedDescriptions: "remove that folder, they are made again"
        case .tooFewFaces: "ask for fewer, or pack more"
        case .peopleMissing: PeopleShortage.remedy
        case .noPictures: "add pictures of more sources, or lower settings.folds"
        case .tooFewPeople: "name another, or pack more"
        case .unwritable, .missingAgeGroup, .noNetwork: nil
        }
    }
}
