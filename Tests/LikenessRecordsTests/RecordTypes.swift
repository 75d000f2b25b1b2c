import Foundation
import LikenessRecords
import TestSupport

/// The types of the module, by name.
enum RecordTypes {
    /// The types as which the examples are decoded, by the headings of `Documentation/JSON.md`: one for each value.
    static let bySection: [(section: String, types: [any Record.Type])] = [
        (
            "detect, align, augment, embed, identify: one object per picture",
            [
                PictureRecord.self, PictureRecord.self, FaceRecord.self, AlteredRecord.self,
                IdentificationRecord.self, IdentificationRecord.self,
            ]
        ),
        ("verify", [VerificationRecord.self]),
        ("explain", [ExplanationRecord.self]),
        ("enroll: one object per picture", [EnrollmentRecord.self, EnrollmentRecord.self, EnrollmentRecord.self]),
        ("cache list, cache clear: one object per kind and model", [CacheRecord.self, CacheRecord.self]),
        ("gallery list, gallery show: one object per gallery or person", [GalleryRecord.self, PersonRecord.self]),
        ("doctor", [DoctorRecord.self]),
        (
            "models list: one object per model; models show: one object",
            [
                ModelCardRecord.self, ModelRecord.self, ModelRecord.self, ProbabilityCalibrationRecord.Map.self,
                ProbabilityCalibrationRecord.Map.self, ProbabilityCalibrationRecord.Map.self,
                ProbabilityCalibrationRecord.Map.self,
            ]
        ),
        ("train", [TrainingRecord.self]),
        (
            "evaluate pairs",
            [PairsEvaluationRecord.self, PairsEvaluationRecord.self, PairsComparisonRecord.self]
        ),
        ("tune", [TuningRecord.self]),
        ("export", [ExportRecord.self, GeneratorExportRecord.self]),
        ("calibrate", [CardCalibrationRecord.self]),
        ("evaluate decisions", [DecisionsEvaluationRecord.self]),
        ("evaluate thresholds", [MatchCalibrationRecord.self]),
        ("evaluate all-pairs", [AllPairsEvaluationRecord.self, AllPairsComparisonRecord.self]),
        ("evaluate identify", [IdentificationEvaluationRecord.self]),
        ("evaluate classify", [ClassificationEvaluationRecord.self]),
        ("evaluate curves", [CurvesEvaluationRecord.self, CurvesComparisonRecord.self]),
        ("evaluate groups", [GroupsEvaluationRecord.self]),
        ("evaluate quality", [QualityEvaluationRecord.self]),
        ("evaluate templates", [TemplatesEvaluationRecord.self, TemplatesComparisonRecord.self]),
        ("evaluate resampling", [ResamplingEvaluationRecord.self]),
        ("evaluate runs", [RunsEvaluationRecord.self]),
        ("evaluate detectors", [DetectorsEvaluationRecord.self]),
        ("evaluate explanations", [ExplanationsEvaluationRecord.self]),
        ("evaluate optimizers", [OptimizersEvaluationRecord.self]),
        ("evaluate experiment", [ExperimentsEvaluationRecord.self, ExperimentListRecord.self]),
        ("Errors", [ErrorRecord.self]),
    ]

    /// Returns the name of every public type that the module's files declare, such as `VerificationRecord.Side`.
    static func declared() throws -> Set<String> {
        let folder = Fixtures.root.appending(path: "Sources/Apps/LikenessRecords")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var names: Set<String> = []
        for case let file as URL in files ?? FileManager.DirectoryEnumerator() where file.pathExtension == "swift" {
            var scope: [(indentation: Int, name: Substring)] = []
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let indentation = line.prefix { $0 == " " }.count
                let declaration = /^ *(extension|public struct|public enum) (\w+)/
                guard let found = line.firstMatch(of: declaration) else { continue }
                scope.removeAll { $0.indentation >= indentation }
                scope.append((indentation, found.2))
                if found.1 != "extension" { names.insert(scope.map(\.name).joined(separator: ".")) }
            }
        }
        return names.subtracting(["Nullable"])
    }

    /// Returns the names of the module's types that occur in `value`, including its own type.
    static func occurring(in value: Any) -> Set<String> {
        var names: Set<String> = []
        let name = String(reflecting: type(of: value))
        if name.hasPrefix("LikenessRecords."), !name.contains("<") {
            names.insert(String(name.dropFirst("LikenessRecords.".count)))
        }
        for child in Mirror(reflecting: value).children { names.formUnion(occurring(in: child.value)) }
        return names
    }
}
