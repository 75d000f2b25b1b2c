import Faces
public import LikenessSupport

/// An error of recognition. The individual stages also throw their own errors.
public enum RecognitionError: LikenessError, Hashable {
    /// The engine and the models are not installed.
    case notInstalled(searched: [String])
    /// No installed model has this name.
    case unknownModel(String, known: [String])
    /// No installed detector has this name.
    case unknownDetector(String, known: [String])
    /// A model's card is damaged or invalid.
    case unreadableCard(String, reason: String)
    /// The folder of models can't be read.
    case unreadableModels(String, reason: String)
    /// The model is installed, but made for a different task.
    case wrongTask(String, expected: String)
    /// A weight file is missing or is not the one that the card names.
    case damagedWeights(String, reason: String)
    /// The cache of embeddings can't be opened or created.
    case cacheUnusable(String, reason: String)
    /// No face was found in the picture.
    case noFace
    /// More than one face was found in a picture that must have exactly one.
    case severalFaces(Int)

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .notInstalled(let searched):
            "the engine and the models are not installed (looked for setup.json in \(searched.joined(separator: ", ")))"
        case .unknownModel(let name, let known):
            "there is no model called '\(name)'; installed are \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .unknownDetector(let name, let known):
            "there is no detector called '\(name)'; installed are \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .unreadableCard(let path, let reason): "the model card \(path) can't be read: \(reason)"
        case .unreadableModels(let path, let reason): "the folder of models \(path) can't be read (\(reason))"
        case .wrongTask(let name, let expected): "the model '\(name)' is not made for this task (\(expected))"
        case .damagedWeights(let path, let reason): "\(path) \(reason)"
        case .cacheUnusable(let path, let reason): "the cache of embeddings \(path) can't be used: \(reason)"
        case .noFace: "no face was found"
        case .severalFaces(let count): "\(count) faces were found, but one is needed"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .notInstalled(let searched):
            searched.count > 1
                ? "run scripts/setup in the clone, or set LIKENESS_HOME"
                : "set LIKENESS_HOME to the folder that contains setup.json, or run scripts/setup in the clone"
        case .unreadableCard: ModelCard.remedy
        case .damagedWeights: "run scripts/setup again, or, if the model is your own, correct its card"
        case .unreadableModels: "run scripts/setup again"
        case .severalFaces: "choose one (--face largest or --face center; in code, FaceSelection)"
        case .unknownDetector(_, let known):
            known.isEmpty
                ? "run scripts/setup" : "choose one of them (--detector; in code, FaceFinderConfiguration.detector)"
        case .unknownModel(_, let known):
            known.isEmpty
                ? "run scripts/setup"
                : "name one of them; scripts/setup --accept-research-weights installs all that came with Likeness"
        case .wrongTask: "choose another model; 'likeness models list' shows the task of each"
        case .noFace: noFaceAdvice
        case .cacheUnusable: nil
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .notInstalled, .unknownModel, .unknownDetector, .unreadableCard, .unreadableModels, .wrongTask,
            .damagedWeights:
            .unavailable
        case .noFace, .severalFaces: .badData
        case .cacheUnusable: .inputOutput
        }
    }

    /// A stable identifier for programs.
    public var code: String {
        switch self {
        case .notInstalled: "not_installed"
        case .unknownModel: "unknown_model"
        case .unknownDetector: "unknown_detector"
        case .unreadableCard: "unreadable_card"
        case .unreadableModels: "unreadable_models"
        case .wrongTask: "wrong_task"
        case .damagedWeights: "damaged_weights"
        case .cacheUnusable: "cache_unusable"
        case .noFace: "face_not_found"
        case .severalFaces: "several_faces"
        }
    }
}
