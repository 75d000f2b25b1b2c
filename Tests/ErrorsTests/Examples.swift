import Augmentation
import Datasets
import Detectors
import Evaluation
import FaceNetworks
import Faces
import Foundation
import Inference
import Measurements
import Metaheuristics
import Pixels
import PublishedResults
import Recognition
import Reports
import Tuning

@testable import FaceTraining
@testable import Identities
@testable import IdentitiesSQLite
@testable import Likeness
@testable import LikenessCommand
@testable import LikenessSupport
@testable import Tensors
@testable import Training

/// One error of each case of each error type, and of each kind of foreign error.
enum Examples {
    static var all: [any LikenessError] {
        joined(support, runtime, people, evidence, learning, command)
    }

    private static func joined(_ parts: [any LikenessError]...) -> [any LikenessError] { parts.flatMap { $0 } }

    private static var support: [any LikenessError] {
        let numbers: [POSIXErrorCode] = [.ENOENT, .EACCES, .ENOSPC, .ENOMEM, .EMFILE, .EAGAIN, .EIO]
        let context = EncodingError.Context(codingPath: [], debugDescription: "")
        var elsewhere: [any Error] = numbers.map { POSIXError($0) }
        elsewhere.append(CancellationError())
        elsewhere.append(Elsewhere())
        elsewhere.append(EncodingError.invalidValue(Double.nan, context))
        elsewhere.append(DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "it is not valid JSON")))
        return joined(
            [DigestError()], [ThreadPool.Unavailable(number: 11)], [SystemError(number: 2)], files,
            elsewhere.map { ForeignError.translating($0) })
    }

    private static var files: [any LikenessError] {
        let locks: [FileLock.Refusal] = [.held(by: 7), .system(SystemError(number: 13))]
        let refusals: [RegularFile.Refusal] = [.missing, .kind(.folder), .system(SystemError(number: 13))]
        return joined(locks, refusals, [CSVRecords.Fault(line: 2, message: "the quotation mark is not closed")])
    }

    private static var runtime: [any LikenessError] {
        let images: [ImageError] = [
            .fileNotFound(path: "a.jpg"), .unreadableFile(path: "a.jpg", reason: "Permission denied"),
            .unwritableFile(path: "a.jpg", reason: "Permission denied"), .emptyFile, .fileTooLarge(bytes: 2, limit: 1),
            .imageTooLarge(width: 9, height: 9, limit: 1), .unsupportedFormat(name: "GIF"),
            .unsupportedFeature(format: .jpeg, detail: "arithmetic coding"), .notAnImage(found: "text"),
            .truncated(format: .png), .corrupt(format: .webp, detail: ""), .tooManyScans(limit: 100), .outOfMemory,
            .memoryLimit(needed: 2 << 20, limit: 1 << 20), .decoderMissing(format: .heic, what: "libheif is missing"),
            .decoderTimedOut(format: .avif, seconds: 10),
        ]
        let engine: [EngineError] = [
            .missing("lib"), .unusable(path: "lib", reason: "bad ELF"), .version(path: "lib", found: "1"),
            .missingNetwork("a.onnx"), .unreadableNetwork(path: "a.onnx", reason: "empty"),
            .changedNetwork(path: "a.onnx", digest: "00"), .unsupportedNetwork(path: "a.onnx", reason: "an operator"),
            .quantizedNetwork(path: "a.onnx", requested: .f32), .unsupportedPrecision(.bf16),
            .shapeMismatch(expected: "1×3", found: [1, 4]), .failed("an operator"),
            .outOfMemory("bad_alloc"),
        ]
        let one = ModelIdentity(name: "one", contract: "0"), other = ModelIdentity(name: "other", contract: "1")
        let faces: [FaceError] = [
            .invalidEmbedding("it is empty"), .invalidFace("its confidence is 7"), .modelMismatch(one, other),
            .templateMismatch(expected: .arcface(size: 112), found: .box(size: 160, margin: 0.2)), .degenerateLandmarks,
            .unsupportedFalseMatchRate(0.1, reason: "the card has none"), .invalidPrior(2), .missingConditions,
        ]
        let augmentation: [AugmentationError] = [
            .unreadable("policy.json"), .badPolicy("policy.json", reason: "it is not valid JSON"),
            .badTemplates("masks", reason: "it is empty"),
        ]
        let networks: [any LikenessError] = [
            EmbedderError.notAnEmbedder("one"), EmbedderError.notAFaceClassifier("one"),
            EmbedderError.noAttention("one", architecture: "Inception"),
            EmbedderError.contradiction("one", "no output"), EmbedderError.wrongNumbers("one"),
            DetectorError.unknownDecoder("one", decoder: "newer", known: ["yunet", "mtcnn"]),
            DetectorError.wrongWeights("one", needed: "one weights file"),
            DetectorError.wrongOutput("cls_8", expected: 64, found: 63),
            GeneratorError.notATranslator("one"), GeneratorError.contradiction("one", "no output"),
        ]
        return joined(images, engine, faces, augmentation, networks)
    }

    private static var people: [any LikenessError] {
        let one = ModelIdentity(name: "one", contract: "0"), other = ModelIdentity(name: "other", contract: "1")
        let galleries: [GalleryError] = [
            .noSuchGallery("people", known: ["staff"]), .galleryExists("people"),
            .invalidName("the name", reason: "is empty"),
            .modelMismatch(gallery: "people", expected: one, found: other),
            .invalidDimension(0), .dimensionMismatch(expected: 128, found: 512), .invalidVector("it is zero"),
            .noSuchPerson("Ada", gallery: "people"), .ambiguousName("Ada", ids: ["1", "2"]),
            .personExists(id: "1", name: "Ada"), .noSuchTemplate(7, gallery: "people"),
            .enrollmentRefused([EnrollmentIssue(.noFace, measured: 0, limit: 1)]), .noExport("a.jsonl"),
            .notAStore("a.sqlite"),
            .newerStore("a.sqlite"), .unavailable("a.sqlite", reason: "Permission denied"), .readOnly("a.sqlite"),
            .busy("a.sqlite"), .diskFull("a.sqlite"), .outOfMemory("the store"),
            .damaged("a.sqlite", reason: "malformed"), .notScrubbed("a.sqlite"),
            .unsupportedFalseAlarmRate(
                FalseAlarmShortfall(
                    asked: 0.1, size: GallerySize(people: 2, templates: 3), neededRate: 0.01, neededPairs: 300,
                    pairs: 10, lowestRate: 0.1, lowest: 0.5)),
            .invalidExport("people.jsonl", line: 3, reason: "it is not valid JSON"),
        ]
        let recognition: [RecognitionError] = [
            .notInstalled(searched: ["a", "b"]), .unknownModel("one", known: ["other"]),
            .unknownDetector("one", known: ["yunet"]),
            .unreadableCard("card.json", reason: "it is not valid JSON"),
            .unreadableModels("models", reason: "no such folder"),
            .wrongTask("one", expected: "embedding"), .damagedWeights("a.onnx", reason: "is missing"),
            .cacheUnusable("cache.sqlite", reason: "Permission denied"), .noFace, .severalFaces(3),
        ]
        let inside: [any LikenessError] = [
            LineReader.Failure.tooLong, LineReader.Failure.unreadable, StoreDamage(reason: "a page is missing"),
        ]
        return joined(galleries, recognition, inside)
    }

    private static var evidence: [any LikenessError] {
        let picture = IdentityList.Picture(file: "a.jpg", identity: "Ada", line: 3)
        let archives: [ArchiveError] = [
            .notAnArchive("faces", reason: "it has no index"), .damagedIndex("index", line: 3),
            .miscounted("index", field: "faces", said: 3, found: 2), .damagedPart("part", reason: "its digest"),
            .unreadablePart("part"), .finished("faces"), .otherSettings("faces", begun: "112", asked: "160"),
            .otherDetector("yunet", "mtcnn"), .busy("faces"), .unwritable("part", reason: "No space left on device"),
        ]
        let fault = LineFault(line: 2, field: "same", message: "'maybe' is no answer")
        let lists: [DatasetError] = [
            .unreadable("list.csv", reason: "Permission denied"), .notText("list.csv"), .empty("list.csv"),
            .noPictures("photos"), .noPersonsFolder("photos"), .onlyLinks("photos", remark: "links are not followed"),
            .malformed("list.csv", [fault]), .faulty("list.csv", [PairList.Problem.selfPair(line: 2, image: "a.jpg")]),
            .missingPictures("list.csv", [picture]), .sharedSubjects(["Ada"]),
        ]
        let measurements: [EvaluationError] = [
            .noMatedPairs, .noImpostorPairs, .invalidSimilarity(comparison: 1), .invalidRate(2),
            .unsupportedRate(0.1, impostorPairs: 3, needed: 30), .tooFewFolds, .noPeople, .invalidEmbedding(row: 1),
            .noRuns, .tooFewDescriptions, .differentPairs(comparison: 1), .emptyGallery, .noMatedSearches,
            .noNonMatedSearches, .notEnrolled("Ada"), .unsupportedIdentificationRate(0.1, searches: 3, needed: 30),
            .tooFewPictures(needed: 2), .invalidWeight(picture: 1), .mixedTemplate("1"), .degenerateTemplate("1"),
            .unknownTemplate("1"), .invalidScores(sample: 1), .tooFewSamples(needed: 2), .noGroups,
            .calibrationFailed("both outcomes are needed"),
        ]
        let experiments: [ExperimentError] = [
            .unknown("one", near: "one.json"), .badDefinition("one.json", reason: "it is not valid JSON"),
            .badPath("a.b", reason: "there is no b"), .missing("faces", from: "scripts/data"),
            .stepFailed("train", status: 65), .badResults("results.json", reason: "it is not valid JSON"),
            .noPlace("README.md", name: "one"), .unwritable("README.md"),
        ]
        let measuring: [MeasurementError] = [
            .nothingUsable(count: 2, unit: "pictures", first: "a.jpg: no face was found"),
            .lostPicture("a.jpg", reason: "there is no file"), .noFaceInCopies(folder: "copies"), .noFaceToCalibrate,
            .noMaskClassifier, .noQuality,
        ]
        let cards: [CardError] = [
            .missing("card.json"), .unreadable("card.json", reason: "Permission denied"),
            .malformed("card.json", reason: "it is not valid JSON"),
            .unwritable("card.json", reason: "Permission denied"),
            .ofOtherModel("card.json", card: "one", ran: "other"), .unsupported("card.json"),
            .weaker("card.json", earlier: 1e-4, lowest: 1e-2),
        ]
        let reports: [ReportError] = [.occupied("report", by: "a.txt"), .notAFolder("report"), .unwritable("report")]
        return joined(archives, lists, measurements, experiments, reports, measuring, cards, [fault])
    }

    private static var learning: [any LikenessError] {
        let shortage = PeopleShortage(
            task: "gate", trained: 1, fewestTrained: 2, heldOut: 1, fewestHeldOut: 2, mostPictures: 1, place: "faces")
        let faces: [FaceTrainingError] = [
            .missing("a.onnx"), .unreadableCard("card.json", reason: "it is not valid JSON"), .damagedStages("stages"),
            .damagedCrops("crops"), .damagedDescriptions("descriptions"),
            .unwritable("stages", reason: "Permission denied"), .exists("models/facenet-plus"), .noFace("a.jpg"),
            .tooFewFaces("faces", people: 2, found: 3, wanted: 100), .peopleMissing(shortage),
            .noPictures(task: "masks", part: "for training"), .tooFewPeople(1, needed: 2),
            .missingAgeGroup("faces", group: "children"), .noNetwork("run", reason: "it has not ended"),
            .notATeacher("models/mtcnn"), .notQuantizable("mtcnn", reason: "it does not embed faces"),
        ]
        let training: [TrainingError] = [
            .lossNotFinite(step: 3), .gradientNotFinite(step: 3), .noMeasure("auc", measures: ["eer"]),
            .interrupted(step: 3), .otherRun(folder: "run", field: "seed"), .noWholeCheckpoint(folder: "run"),
            .nothingToResume(folder: "run"), .notEnded(folder: "run"), .unknownTask("one", known: ["gate"]),
            .busy(folder: "run", process: 7), .unwritable("run", reason: "Permission denied"),
            .unreadable("run", reason: "Permission denied"),
        ]
        let configuration: [ConfigurationError] = [
            .notJSON(reason: "it is not valid JSON"), .unknownField("epoch", nearest: "epochs"),
            .missingField("epochs"),
            .wrongKind("epochs", found: "a text", expected: "a number"),
            .outOfRange("epochs", value: "0", allowed: "1 or more"),
            .unknownChoice("task", value: "one", choices: ["gate"]),
        ]
        let tensors: [any LikenessError] = [
            TrainingEngineError.missing("lib"), TrainingEngineError.unusable(path: "lib", reason: "bad ELF"),
            TrainingEngineError.noDevice(.cuda), SafeTensorsError(name: "a.safetensors", reason: "it is empty"),
            ONNXWeightsError(name: "a.onnx", unsupported: "operator set 9"), ParameterError.missing("w", shape: [1]),
            ParameterError.misshapen("w", expected: [1], found: [2]), ParameterError.unknown("w"),
            QuantizationError.noRange("w"), QuantizationError.notFinite("w"),
            SealedFolder.Damage(reason: "it has no sums"),
        ]
        let searches: [MetaheuristicsError] = [
            .noVariables, .invalidVariable("x", reason: "it is empty"), .budgetTooSmall(1, needed: 10),
            .otherSearch("journal", reason: "its seed"), .journal("journal", reason: "Permission denied"),
            .badTable(reason: "it is empty"), .unequalRuns,
        ]
        let tuning: [TuningError] = [
            .invalidField("x", reason: "it has no range"), .noNeurons(task: "gate", fields: ["epochs"]),
            .noMeasure("auc", measures: ["eer"]), .nothingFound("memory lacks"),
            .folder("search", reason: "Permission denied"),
        ]
        let comparisons: [ComparisonError] = [
            .otherVariables(["a"]), .noRuns, .twoRuns("one"), .measureOfSome("auc", ofAll: ["eer"]),
        ]
        return joined(faces, training, configuration, tensors, searches, tuning, comparisons)
    }

    private static var command: [any LikenessError] {
        let failures: [Failure] = [
            .cannotWrite("a.json", reason: "Permission denied"), .cannotRead("a.json", reason: "Permission denied"),
            .overwritesInput("a.jpg", input: "a.jpg"), .noPictures(folders: []),
            .badOption("the name is empty", remedy: "name a file"), .noStore("a.sqlite"), .noFile("a.csv"),
            .noFolder("photos"),
            .fewOpenFiles(limit: 8),
            .fewDetectors(installed: ["yunet"]), .nameTaken(gallery: "people"), .interrupted,
            .noResearchProgram("likeness-research"),
        ]
        let service: [FaceServiceError] = [
            .noStore, .galleryPolicyForTwoFaces, .outOfRange("a threshold", "-1 to 1"), .noDimension(model: "one"),
            .noQuality, .pinnedModelMissing(gallery: "people", pinned: "one", installed: "other"),
            .otherModelPinned(gallery: "people", pinned: "one", asked: "other"),
        ]
        let pictures: [any LikenessError] = [
            FileFailure(file: "a.jpg", underlying: RecognitionError.noFace),
            PictureError("a.jpg", RecognitionError.noFace),
        ]
        return joined(failures, service, pictures)
    }

    /// An error of another package, which has no code.
    private struct Elsewhere: Error, CustomStringConvertible {
        let description = "the camera is off"
    }
}
