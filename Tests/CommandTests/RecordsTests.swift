import Foundation
import LikenessRecords
import TestSupport
import Testing

@Suite(
    "Output of the command, read by LikenessRecords",
    .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct RecordsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Expects that each line is a record, and that encoding the record gives the same line.
    @discardableResult
    private func records<Value: Codable>(
        _ type: Value.Type, _ arguments: String..., at location: SourceLocation = #_sourceLocation
    ) throws -> [Value] {
        let outcome = try Command.run(
            arguments + ["--format", "jsonl"],
            environment: ["LIKENESS_HOME": Fixtures.dependencies.path, "XDG_CACHE_HOME": folder.path("cache")])
        let lines = outcome.output.split(whereSeparator: \.isNewline).map(String.init)
        #expect(!lines.isEmpty, "\(arguments): \(outcome.errors)", sourceLocation: location)
        return try lines.map { line in
            let value = try JSONDecoder.likeness.decode(type, from: Data(line.utf8))
            let again = String(decoding: try JSONEncoder.likeness.encode(value), as: UTF8.self)
            #expect(again == line, sourceLocation: location)
            return value
        }
    }

    @Test("Pictures with faces, without faces, and failed ones")
    func pictures() throws {
        let blank = try folder.blank("blank.png").path
        let text = try folder.file("notes.txt", Data("no picture".utf8)).path
        let found = try records(PictureRecord.self, "detect", portrait("obama.jpg"), blank, text, "--quiet")
        #expect(found.map { $0.faces?.count } == [1, 0, nil] && found[2].error?.code == "not_an_image")
        let unknown = try records(PictureRecord.self, "detect", portrait("obama.jpg"), "--no-masks", "--no-ages")
        let context = try #require(unknown.first?.faces?.first?.context)
        #expect(context.maskProbability == nil && context.childProbability == nil)
        let embedded = try records(PictureRecord.self, "embed", portrait("obama.jpg"))
        #expect(embedded.first?.faces?.first?.embedding?.count == 128)
        let altered = try records(
            PictureRecord.self, "augment", portrait("obama.jpg"), "--masks", "--to", folder.path("masked"))
        #expect(altered.first?.altered?.count == 1)
    }

    @Test("Two pictures")
    func comparisons() throws {
        let (one, other) = (portrait("obama.jpg"), portrait("biden.jpg"))
        let verified = try records(VerificationRecord.self, "verify", one, other, "--threshold", threshold)
        #expect(verified.map(\.decision.match) == [false])
        let explained = try records(ExplanationRecord.self, "explain", one, other, "--threshold", threshold)
        #expect(explained.first?.a.map.values.count == 16)
    }

    @Test("A gallery and an identification in it")
    func galleries() throws {
        let store = folder.path("store.db")
        let enrolled = try records(
            EnrollmentRecord.self, "enroll", "--store", store, "--gallery", "people", "Ada", portrait("obama.jpg"),
            try folder.blank("blank.png").path, "--metadata", "office=44", "--threshold", threshold, "--quiet")
        #expect(enrolled.map { $0.person?.name } == ["Ada", nil] && enrolled[1].issues?.map(\.kind) == ["no_face"])
        let galleries = try records(GalleryRecord.self, "gallery", "list", "--store", store)
        #expect(galleries.map(\.people) == [1])
        let people = try records(PersonRecord.self, "gallery", "show", "--store", store, "--gallery", "people")
        #expect(people.map(\.metadata) == [["office": "44"]])
        let found = try records(
            PictureRecord.self, "identify", "--store", store, "--gallery", "people", portrait("obama2.jpg"),
            portrait("biden.jpg"), "--threshold", threshold, "--quiet")
        #expect(found.map { $0.faces?.first?.identification?.identity?.name } == ["Ada", nil])
        #expect(found.last?.faces?.first?.identification?.nearest?.name == "Ada")
    }

    @Test("The installed models")
    func installation() throws {
        let models = try records(ModelRecord.self, "models", "list")
        #expect(models.count >= 2)
        let shown = try records(ModelCardRecord.self, "models", "show", "sface")
        #expect(shown.first?.dimension == 128)
        let checks = try records(DoctorRecord.self, "doctor")
        #expect(checks.first?.checks.first?.name == "installation")
        try records(PictureRecord.self, "detect", portrait("obama.jpg"))
        let kept = try records(CacheRecord.self, "cache", "list")
        #expect(kept.contains { $0.kind == "networks" && $0.model == "yunet" })
    }

    @Test("An evaluation of optimizers")
    func optimizers() throws {
        let found = try records(
            OptimizersEvaluationRecord.self, "evaluate", "optimizers", "--evaluations", "20", "--population", "5",
            "--runs", "2", "--optimizer", "random", "--function", "sphere", "--quiet")
        #expect(found.first?.functions.first?.results.map(\.optimizer) == ["random"])
    }
}
