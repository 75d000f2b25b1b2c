import Augmentation
import Datasets
import Evaluation
import FaceNetworks
import FaceTraining
import Faces
import Foundation
import Identities
import Inference
import LikenessSupport
import Measurements
import Metaheuristics
import Pixels
import PublishedResults
import Recognition
import Reports
import Tensors
import Training
import Tuning

/// An error of the command itself.
enum Failure: Error, CustomStringConvertible {
    case cannotWrite(String, reason: String)
    case cannotRead(String, reason: String)
    case overwritesInput(String, input: String)
    case noPictures(folders: [String])
    case badOption(String)
    case noStore(String)
    case noFile(String)
    case noFolder(String)
    case pinnedModelMissing(gallery: String, pinned: String, installed: String)
    case fewOpenFiles(limit: Int)
    case nameTaken(gallery: String)
    case interrupted

    /// What it means that `path` could not be written: an error of the file system ends the command; what is wrong with
    /// what was to be written, or that memory lacks, is returned as it is.
    static func ofWriting(_ path: String, _ error: any Error) -> any Error {
        switch error as? ImageError {
        case nil: cannotWrite(path, reason: systemReason(of: error))
        case .unwritableFile(_, let reason): cannotWrite(path, reason: reason)
        case .some(let error): error
        }
    }

    var description: String {
        switch self {
        case .cannotWrite(let path, let reason): "\(path) can't be written: \(reason)"
        case .cannotRead(let path, let reason): "\(path) can't be read: \(reason)"
        case .overwritesInput(let output, let input):
            output == input
                ? "\(output) is read, and would be overwritten: write to another place"
                : "writing to \(output) would overwrite \(input), which is read: write to another place"
        case .noPictures(let folders):
            folders.isEmpty
                ? "no picture was given: name files, folders, patterns or -"
                : "no picture is in \(folders.joined(separator: ", "))"
        case .badOption(let what): what
        case .noStore(let path): "there is no store at \(path): enroll somebody first, or check the path"
        case .noFile(let path): "there is no file at \(path): check the path"
        case .noFolder(let path): "there is no folder at \(path): check the path"
        case .pinnedModelMissing(let gallery, let pinned, let installed):
            "gallery '\(gallery)' was made with \(pinned), and \(installed) is installed: install that model again, or "
                + "enroll into a new gallery"
        case .fewOpenFiles(let limit):
            "too few files may be open at once (the limit is \(limit)): allow more, such as with 'ulimit -n 256'"
        case .nameTaken(let gallery):
            "the store has a gallery '\(gallery)' already: give the imported one another name with --as, or remove the other "
                + "first"
        case .interrupted: "interrupted"
        }
    }

    private var code: String {
        switch self {
        case .interrupted: "interrupted"
        case .nameTaken(let gallery): GalleryError.galleryExists(gallery).code
        default: "command_failed"
        }
    }

    private var status: ExitStatus {
        switch self {
        case .cannotWrite: .inputOutput
        case .cannotRead, .noPictures, .noStore, .noFile, .noFolder: .noInput
        case .pinnedModelMissing: .unavailable
        case .badOption, .overwritesInput: .usage
        case .nameTaken: .badData
        case .fewOpenFiles: .system
        case .interrupted: .interrupted
        }
    }
}

/// What went wrong with one file of a command that takes few.
struct FileFailure: Error {
    var file: String
    var underlying: any Error
}

extension Failure {
    /// Whether `error` is one that the library or the command reports, and not the argument parser's.
    static func isOurs(_ error: any Error) -> Bool { kind(of: error) != nil || error is FileFailure }

    /// One sentence for people.
    static func message(of error: any Error) -> String {
        if let failure = error as? FileFailure { return "\(failure.file): \(message(of: failure.underlying))" }
        return SystemError(error)?.description ?? Reason.text(of: error)
    }

    /// A stable name for programs.
    static func code(of error: any Error) -> String {
        if let failure = error as? FileFailure { return code(of: failure.underlying) }
        return kind(of: error)?.code ?? SystemError.unknownCode
    }

    /// The exit status for `error` where it ends the command.
    static func status(of error: any Error) -> ExitStatus {
        if let failure = error as? FileFailure { return status(of: failure.underlying) }
        return kind(of: error)?.status ?? .inputOutput
    }

    private static func kind(of error: any Error) -> (code: String, status: ExitStatus)? {
        switch error {
        case let error as Failure: (error.code, error.status)
        case let error as ImageError: (error.code, status(of: error))
        case EngineError.changedNetwork: ("damaged_weights", .unavailable)
        case EngineError.outOfMemory: ("out_of_memory", .system)
        case is EngineError: ("engine_failed", .unavailable)
        case EmbedderError.noAttention: ("no_attention", .usage)
        case is EmbedderError: ("damaged_model", .unavailable)
        case is GeneratorError: ("damaged_model", .unavailable)
        case let error as DatasetError: ("bad_list", status(of: error))
        case AugmentationError.unreadable: ("bad_policy", .noInput)
        case is AugmentationError: ("bad_policy", .badData)
        case is DigestError: ("digest_failed", .unavailable)
        case let error as ArchiveError: ("bad_archive", status(of: error))
        case let error as GalleryError: (error.code, status(of: error))
        case is EvaluationError: ("bad_measurement", .badData)
        case let error as MeasurementError: (error.code, status(of: error))
        case let error as RecognitionError: (error.code, status(of: error))
        case is ConfigurationError: ("bad_configuration", .badData)
        case let error as TrainingError: ("training_failed", status(of: error))
        case FaceTrainingError.unreadableCard: ("unreadable_card", .unavailable)
        case is FaceTrainingError, is QuantizationError: ("training_failed", .badData)
        case is TrainingEngineError: ("training_engine_missing", .unavailable)
        case FaceError.unsupportedFalseMatchRate: ("unsupported_false_match_rate", .usage)
        case is FaceError: ("bad_face", .badData)
        case MetaheuristicsError.journal: ("search_failed", .inputOutput)
        case MetaheuristicsError.badTable: ("bad_table", .badData)
        case is MetaheuristicsError: ("search_failed", .usage)
        case TuningError.folder: ("search_failed", .inputOutput)
        case TuningError.nothingFound: ("search_failed", .badData)
        case is TuningError: ("search_failed", .usage)
        case let error as ExperimentError: ("experiment_failed", status(of: error))
        case ReportError.unwritable: ("command_failed", .inputOutput)
        case is ReportError: ("command_failed", .usage)
        case is ONNXWeightsError, is SafeTensorsError, is ParameterError: ("damaged_model", .unavailable)
        case is LineFault: ("bad_list", .badData)
        default: SystemError(error).map { (code: $0.code, status: $0.status) }
        }
    }

    private static func status(of error: ImageError) -> ExitStatus {
        switch error {
        case .fileNotFound, .unreadableFile: .noInput
        case .unwritableFile: .inputOutput
        case .decoderMissing: .unavailable
        case .outOfMemory: .system
        default: .badData
        }
    }

    private static func status(of error: GalleryError) -> ExitStatus {
        switch error {
        case .noSuchGallery, .noSuchPerson, .noSuchTemplate: .noInput
        case .unavailable, .readOnly, .busy, .diskFull, .notScrubbed: .inputOutput
        case .outOfMemory: .system
        case .unsupportedFalseAlarmRate: .usage
        default: .badData
        }
    }

    private static func status(of error: ArchiveError) -> ExitStatus {
        switch error {
        case .notAnArchive, .unreadablePart: .noInput
        case .unwritable, .busy: .inputOutput
        default: .badData
        }
    }

    private static func status(of error: DatasetError) -> ExitStatus {
        switch error {
        case .unreadable, .missingPictures, .noPictures, .noPersonsFolder, .onlyLinks: .noInput
        default: .badData
        }
    }

    private static func status(of error: RecognitionError) -> ExitStatus {
        switch error {
        case .notInstalled, .unknownModel, .unreadableCard, .unreadableModels, .wrongTask, .damagedWeights: .unavailable
        case .noFace, .severalFaces: .badData
        case .cacheUnusable: .inputOutput
        }
    }

    private static func status(of error: MeasurementError) -> ExitStatus {
        switch error {
        case .nothingUsable, .lostPicture: .badData
        case .noFaceInCopies, .noFaceToCalibrate, .noMaskClassifier, .noEmbedder: .usage
        case .unknownDimension: .unavailable
        case .unusableCard(.missing), .unusableCard(.unreadable): .noInput
        case .unusableCard(.malformed): .badData
        case .unusableCard(.unwritable): .inputOutput
        case .unusableCard: .usage
        }
    }

    private static func status(of error: ExperimentError) -> ExitStatus {
        switch error {
        case .unknown, .missing: .noInput
        case .badDefinition, .badPath, .badResults, .noPlace, .stepFailed: .badData
        case .unwritable: .inputOutput
        }
    }

    private static func status(of error: TrainingError) -> ExitStatus {
        switch error {
        case .interrupted: .interrupted
        case .otherRun: .usage
        case .nothingToResume, .notEnded: .noInput
        case .unwritable, .unreadable, .busy: .inputOutput
        case .lossNotFinite, .gradientNotFinite, .noMeasure, .noWholeCheckpoint, .unknownTask: .badData
        }
    }
}
