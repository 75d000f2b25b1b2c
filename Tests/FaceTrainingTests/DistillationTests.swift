import Datasets
import FaceNetworks
import Faces
import Foundation
import Inference
import LikenessSupport
import Pixels
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

/// Returns random unit vectors.
private func embeddings(_ count: Int, _ dimension: Int, seed: UInt64) -> TeacherEmbeddings {
    var numbers = SeededGenerator(seed: seed)
    let values = (0..<count).flatMap { _ -> [Float] in
        let row = (0..<dimension).map { _ -> Float in numbers.normal() }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return row.map { $0 / length }
    }
    return TeacherEmbeddings(values: values, dimension: dimension)
}

@Suite struct DistillationTargetsTests {
    private func cosine(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func row(_ values: [Float], _ index: Int, _ dimension: Int) -> ArraySlice<Float> {
        values[index * dimension..<(index + 1) * dimension]
    }

    @Test func aTurnedTeacherIsTurnedBackToTheStudent() {
        // The teacher is the student in other coordinates: its numbers in reverse order, with other signs.
        let start = embeddings(200, 6, seed: 1)
        let turned = (0..<200).flatMap { index in
            row(start.values, index, 6).reversed().enumerated().map { $0.isMultiple(of: 2) ? $1 : -$1 }
        }
        let targets = DistillationTargets(
            teachers: [(TeacherEmbeddings(values: turned, dimension: 6), weight: 2)], start: start,
            people: Array(0..<200), center: 0)
        // Only the mean was subtracted, which is small for random vectors.
        for index in 0..<200 {
            #expect(cosine(row(targets.values, index, 6), row(start.values, index, 6)) > 0.97)
        }
    }

    @Test(arguments: [3, 12]) func targetsKeepTheTeachersCosines(dimension: Int) {
        // Both teachers together have 8 numbers: more than 3, fewer than 12.
        let (one, other) = (embeddings(300, 4, seed: 2), embeddings(300, 4, seed: 3))
        let targets = DistillationTargets(
            teachers: [(one, weight: 3), (other, weight: 1)], start: embeddings(300, dimension, seed: 4),
            people: Array(0..<300), center: 0)
        #expect(targets.values.count == 300 * dimension && targets.dimension == dimension)
        var worst: Float = 0
        for (i, j) in zip(0..<299, 1..<300) {
            let joined =
                0.75 * cosine(row(one.values, i, 4), row(one.values, j, 4))
                + 0.25 * cosine(row(other.values, i, 4), row(other.values, j, 4))
            let found = cosine(row(targets.values, i, dimension), row(targets.values, j, dimension))
            worst = max(worst, abs(found - joined))
        }
        // Nothing is lost but the mean, unless there are fewer numbers.
        #expect(dimension == 3 ? worst > 0.3 : worst < 0.15)
    }

    @Test func theMeanOfAPersonsPicturesPullsThemTogether() {
        let start = embeddings(60, 8, seed: 5)
        let people = (0..<60).map { $0 < 40 ? $0 / 4 : $0 }
        func targets(_ center: Float) -> DistillationTargets {
            DistillationTargets(teachers: [(start, weight: 1)], start: start, people: people, center: center)
        }
        let (own, mixed, joined) = (targets(0), targets(0.5), targets(1))
        for index in 0..<40 where index % 4 != 3 {
            let pairs = [own, mixed, joined].map { cosine(row($0.values, index, 8), row($0.values, index + 1, 8)) }
            #expect(pairs[0] < pairs[1] + 1e-3 && pairs[1] < pairs[2] + 1e-3 && pairs[2] > 0.999)
        }
        // A person with one picture keeps it.
        for index in 40..<60 {
            #expect(cosine(row(own.values, index, 8), row(joined.values, index, 8)) > 0.999)
        }
    }

    @Test func equalEmbeddingsDoNotTrap() {
        let flat = TeacherEmbeddings(values: [Float](repeating: 0.5, count: 40), dimension: 4)
        let targets = DistillationTargets(
            teachers: [(flat, weight: 1)], start: flat, people: Array(0..<10), center: 0.5)
        #expect(targets.values.allSatisfy { $0.isFinite })
    }
}

@Suite struct StudentViewTests {
    private let folder: TestSupport.TemporaryFolder
    private let archive: FaceArchive

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        archive = try FaceArchive(contentsOf: DrawnArchive.pack(in: folder.url, people: 6))
    }

    @Test func aViewDependsOnItsSeedAlone() throws {
        var views: Set<[UInt8]> = []
        for seed in 0..<40 as Range<UInt64> {
            let view = try StudentView.crop(of: 3, in: archive, seed: seed)
            #expect(view.width == 112 && view.height == 112)
            #expect(try StudentView.crop(of: 3, in: archive, seed: seed).pixels == view.pixels)
            views.insert(view.pixels)
        }
        #expect(views.count > 10)
    }

    @Test func conditionsDifferFromThePlainCrop() throws {
        let plain = try StudentView.Condition.plain.crop(of: 0, in: archive).pixels
        for condition in [StudentView.Condition.masked, .unseen, .dark] {
            #expect(try condition.crop(of: 0, in: archive).pixels != plain, "\(condition)")
        }
        let masks = try [StudentView.Condition.masked, .unseen].map { try $0.crop(of: 0, in: archive).pixels }
        #expect(masks[0] != masks[1])
    }

    @Test func everySecondFaceIsAnotherPictureOfThePersonBefore() async throws {
        let rows = Array(archive.entries.indices)
        let names = archive.entries.map { $0.identity ?? "" }
        let people = names.map { name in archive.identities.firstIndex(of: name) ?? 0 }
        // Targets that say which face it is.
        let start = embeddings(rows.count, 3, seed: 6)
        let faces = DistillationFaces(
            archive: archive, rows: rows, people: people,
            targets: DistillationTargets(
                teachers: [(start, weight: 1)], start: start, people: rows, center: 0))
        let batches = DistillationBatches(faces, size: 8, examplesPerEpoch: 64, seed: 4)
        #expect(batches.stepsPerEpoch == 8 && batches.examplesPerStep == 8)
        let known = Dictionary(
            rows.map { (Array(faces.targets.values[$0 * 3..<$0 * 3 + 3]), $0) }, uniquingKeysWith: { first, _ in first }
        )
        var pairs = 0
        for step in 0..<8 {
            let batch = try await batches.batch(epoch: 1, step: step)
            let again = try await batches.batch(epoch: 1, step: step)
            #expect(batch.pixels == again.pixels && batch.targets == again.targets)
            #expect(batch.pixels.count == 8 * 3 * 112 * 112 && batch.targets.count == 24)
            let chosen = (0..<8).compactMap { known[Array(batch.targets[$0 * 3..<$0 * 3 + 3])] }
            for (one, other) in zip(chosen, chosen.dropFirst()).enumerated().filter({ $0.offset.isMultiple(of: 2) })
                .map(\.element) where people.count(where: { $0 == people[one] }) > 1
            {
                pairs += 1
                #expect(people[one] == people[other])
            }
        }
        #expect(pairs > 5)
    }
}

@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct DistillationTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws {
        folder = try TestSupport.TemporaryFolder()
        _ = try DrawnArchive.pack(in: folder.url, people: 30)
    }

    @discardableResult
    private func run(
        _ settings: String = "", teacher: String = "sface", epochs: Int = 1, in name: String = "run"
    ) async throws -> RunSummary {
        let models = Fixtures.dependencies.appending(path: "models").path
        let file = """
            {"task": "distillation", "epochs": \(epochs), "stepsPerEpoch": 2, "batch": 4, "threads": 1,
             "schedule": {"kind": "constant", "rate": 0.00001},
             "validation": {"everyEpochs": 1, "measure": "meanTAR"},
             "settings": {"archive": "\(folder.path("faces"))", "cache": "\(folder.path("teachers"))",
                          "models": "\(models)", "engine": "\(Fixtures.engine.path)", "heldOut": 0.3,
                          "teachers": [{"model": "\(teacher)", "weight": 1, "isMirrored": false}]\(settings)}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: name)
        ).run(.afresh, observe: { _, _ in }, shouldStop: { false })
    }

    @Test("The teachers that a configuration gets by default embed a crop alone", .enabled(if: Fixtures.isSetUp))
    func defaultTeachers() throws {
        let teachers = DistillationSettings().teachers
        #expect(!teachers.isEmpty)
        for teacher in teachers {
            let card = try JSONDecoder().decode(
                ModelCard.self, from: Data(contentsOf: Fixtures.model(teacher.model, "card.json")))
            #expect(card.dimension != nil && card.template != nil && card.contextVersion == nil, "\(teacher.model)")
        }
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)), arguments: [0.0, 1.0])
    func aRunEndsInAModelThatEmbeds(startShare: Double) async throws {
        let summary = try await run(#", "startShare": \#(startShare), "frozenUnits": 5"#)
        #expect(
            Set(summary.measures.keys).isSuperset(of: ["plain", "masked", "meanTAR", "exported.unseen"]))
        #expect(summary.measures.values.allSatisfy { (0...1).contains($0.mean) })
        let seed = folder.url.appending(path: "run/seed-1")
        let card = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: seed.appending(path: "card.json")))
        let file = seed.appending(path: "model.onnx")
        #expect(try SHA256(of: Data(contentsOf: file)).hexadecimal == card.weights[0].sha256)
        #expect(card.name == "likeness-light" && card.origin.text.contains("sface"))
        let crop = Image(width: 112, height: 112, pixels: (0..<112 * 112 * 3).map { UInt8($0 % 251) })
        let points = try #require(StudentView.template.referencePoints)
        let face = try Face(
            box: Box(x: 0, y: 0, width: 112, height: 112), confidence: 1, landmarks: Landmarks(points: points)
        ).aligned(in: crop, to: StudentView.template)
        func embedding(_ card: ModelCard, in folder: URL) async throws -> Embedding {
            let embedder = try await EngineExecutor.run {
                try ModelEmbedder(
                    card: card, engine: Engine(libraryDirectory: Fixtures.engine), directory: folder,
                    network: NetworkConfiguration())
            }
            return try await embedder.embeddings(of: [face])[0]
        }
        let sface = Fixtures.model("sface").deletingLastPathComponent()
        let published = try JSONDecoder().decode(
            ModelCard.self, from: Data(contentsOf: sface.appending(path: "card.json")))
        let (ours, theirs) = (try await embedding(card, in: seed), try await embedding(published, in: sface))
        // With a share of 1, the exported network is the published one, minus the mean embedding.
        let center = try #require(try ONNXWeights.read(file)["center"]).floats
        let expected = zip(theirs.values, center).map { $0 - $1 }
        let length = expected.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let cosine = zip(ours.values, expected).reduce(0) { $0 + $1.0 * $1.1 / length }
        #expect(startShare == 1 ? cosine > 0.9999 : cosine > 0.8)
        #expect(center.contains { $0 != 0 })
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func theMeanOfRunsIsExported() async throws {
        try await run(in: "one")
        try await run(#", "splitSeed": 2"#, in: "other")
        let (one, other) = (folder.path("one/seed-1"), folder.path("other/seed-1"))
        try await run(#", "runs": ["\#(one)", "\#(other)"]"#, epochs: 0, in: "mean")
        func weights(_ name: String) throws -> [String: Tensors.Tensor] {
            try ONNXWeights.read(folder.url.appending(path: "\(name)/seed-1/model.onnx"))
        }
        let (first, second, mean) = (try weights("one"), try weights("other"), try weights("mean"))
        var differences = 0
        for (name, value) in mean where name != "center" {
            let (a, b) = (try #require(first[name]), try #require(second[name]))
            if (a - b).magnitude.max().scalar > 0 { differences += 1 }
            #expect(((a + b) / 2 - value).magnitude.max().scalar < 1e-5, "\(name)")
        }
        #expect(differences > 10)
        // A folder without a run is named.
        let error = await #expect(throws: FaceTrainingError.self) {
            try await run(#", "runs": ["\#(one)", "nowhere"]"#, epochs: 0, in: "broken")
        }
        #expect(error?.description.contains("nowhere") == true)
    }

    @Test(
        .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)),
        arguments: [
            #""center": 1.5"#, #""relations": -1"#, #""averageDecay": 1"#, #""startShare": 2"#, #""frozenUnits": 28"#,
            #""frozenUnits": -1"#, #""heldOutPictures": 1"#, #""examplesPerEpoch": 0"#,
        ])
    func wrongSettingsAreNamed(_ settings: String) async throws {
        let error = await #expect(throws: ConfigurationError.self) { try await run(", " + settings) }
        #expect(error?.description.contains("settings.") == true)
    }

    @Test(.enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
    func aTeacherThatIsNoEmbedderIsNamed() async throws {
        for name in ["mask-classifier", "elsewhere"] {
            let error = await #expect(throws: FaceTrainingError.self) { try await run(teacher: name) }
            #expect(error?.description.contains(name) == true)
        }
    }
}
