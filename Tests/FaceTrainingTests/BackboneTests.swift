import Datasets
import Faces
import Foundation
import LikenessSupport
import Networks
import Pixels
import Tensors
import TestSupport
import Testing
import Training

@testable import FaceTraining

@Suite struct CropCacheTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws { folder = try TestSupport.TemporaryFolder() }

    private func settings() throws -> CropSettings {
        var settings = CropSettings()
        settings.archive = try DrawnArchive.pack(in: folder.url, people: 12).path
        (settings.cache, settings.heldOut) = (folder.path("crops"), 0.25)
        return settings
    }

    @Test func cropsAreCutOnceAndAreWhatTheSamplesShow() async throws {
        let settings = try settings()
        let template = AlignmentTemplate.arcface(size: 24)
        let cache = try await CropCache.open(settings, template: template) { _ in }
        #expect(cache.index.trainingPeople.count == 9 && cache.index.heldOutPeople.count == 3)
        let archive = try FaceArchive(contentsOf: URL(filePath: settings.archive))
        for row in [0, 1, cache.index.samples.count - 1] {
            let crop = try cache.index.samples[row].crop(of: archive, template: template)
            #expect(cache.pixels(of: [row]) == crop.pixels)
        }
        #expect(cache.pixels(of: [2, 0]) == cache.pixels(of: [2]) + cache.pixels(of: [0]))
        let names = try FileManager.default.contentsOfDirectory(atPath: settings.cache)
        // The cache is opened again, not cut again; other settings need another cache.
        let again = try await CropCache.open(settings, template: template) { _ in Issue.record("cut again") }
        #expect(again.index.samples == cache.index.samples)
        var other = settings
        other.covered = 0
        _ = try await CropCache.open(other, template: template) { _ in }
        let both = try FileManager.default.contentsOfDirectory(atPath: settings.cache)
        #expect(names.count == 1 && both.count == 2)
    }

    @Test func picturesOfAFoldAreKeptFromTrainingAndPeopleWithMostPicturesAreChosen() async throws {
        var settings = try settings()
        (settings.people, settings.folds, settings.heldOutPictures) = (3, 3, 2)
        let template = AlignmentTemplate.arcface(size: 16)
        let cache = try await CropCache.open(settings, template: template) { _ in }
        // Of the nine people who are not held out, three have three pictures each.
        #expect(cache.index.trainingPeople.count == 3 && cache.index.heldOutPeople.count == 3)
        let known = cache.index.samples.filter { !$0.isHeldOut }
        let strangers = cache.index.samples.filter(\.isHeldOut)
        let counts = Dictionary(grouping: strangers, by: \.person).mapValues { Set($0.map(\.entry)).count }
        #expect(counts.values.allSatisfy { (1...2).contains($0) } && strangers.allSatisfy { $0.fold == nil })
        // Every picture is tested in one fold, bare and with masks of both kinds, and used for training in the others.
        var entries: [Int] = []
        for fold in 0..<3 {
            let tested = known.filter { $0.fold == fold && [.plain, .masked, .unseen].contains($0.kind) }
            let trained = known.filter { $0.isTrainedOn(keeping: fold) }
            #expect(tested.count == 9 && trained.count == 18)
            #expect(Set(trained.map(\.kind)) == [.plain, .altered, .covered])
            #expect(Set(tested.map(\.entry)).isDisjoint(with: trained.map(\.entry)))
            entries += Set(tested.map(\.entry))
        }
        #expect(entries.count == 9 && Set(entries).count == 9)
    }

    @Test func aCacheThatIsCutShortIsSaidToBeDamaged() async throws {
        let settings = try settings()
        let template = AlignmentTemplate.arcface(size: 16)
        _ = try await CropCache.open(settings, template: template) { _ in }
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: settings.cache).first)
        let file = URL(filePath: settings.cache).appending(path: "\(name)/crops.bin")
        try Data(contentsOf: file).dropLast().write(to: file)
        await #expect(throws: FaceTrainingError.self) {
            _ = try await CropCache.open(settings, template: template) { _ in }
        }
    }
}

/// Tests two steps of the smallest network, with each of the losses.
@Suite(.enabled(if: Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct BackboneTaskTests {
    private let folder: TestSupport.TemporaryFolder

    init() throws { folder = try TestSupport.TemporaryFolder() }

    private func run(_ settings: String, pictures: String = "") async throws -> RunSummary {
        let archive = folder.path("faces")
        if !FileManager.default.fileExists(atPath: archive) { _ = try DrawnArchive.pack(in: folder.url, people: 12) }
        let file = """
            {"task": "backbone", "epochs": 1, "stepsPerEpoch": 2, "batch": 8, "threads": 1,
             "validation": {"everyEpochs": 1},
             "settings": {"network": "lstm", "rowsPerPerson": 2, \(settings),
              "pictures": {"archive": "\(archive)", "cache": "\(folder.path("crops"))", "heldOut": 0.25\(pictures)}}}
            """
        return try await TrainingRun(
            Data(file.utf8), tasks: TaskRegistry.tasks, folder: folder.url.appending(path: "run")
        )
        .run(.afresh, observe: { _, _ in }, shouldStop: { false })
    }

    @Test(arguments: [
        #""triplet": 1"#, #""head": "cosface""#, #""classification": 0, "triplet": 1, "miner": "batchHard""#,
    ])
    func everyLossTrainsAndIsMeasured(settings: String) async throws {
        let summary = try await run(settings)
        let names = Set(summary.measures.keys)
        #expect(names.isSuperset(of: ["accuracy", "bareFNMR", "maskedFNMR", "unseenFNMR", "unseenAccuracy"]))
        #expect(summary.measures["parameters"]?.mean == 3_573_888)
        #expect(summary.measures.values.allSatisfy { $0.mean.isFinite })
    }

    @Test func picturesThatWereKeptFromTrainingAreTested() async throws {
        let summary = try await run(#""head": "softmax""#, pictures: #", "people": 3, "folds": 3"#)
        let names = Set(summary.measures.keys)
        #expect(
            names.isSuperset(of: ["closedAccuracy", "closedBareAccuracy", "closedUnseenAccuracy", "closedUnseenF1"]))
        #expect(names.contains("unseenEER") && !names.contains("bareFNMR"))
        let folds = try #require(
            await #expect(throws: ConfigurationError.self) {
                _ = try await run(#""head": "softmax", "fold": 3"#, pictures: #", "folds": 3"#)
            })
        #expect(folds.description.contains("below pictures.folds, which is 3"))
        await #expect(throws: ConfigurationError.self) { _ = try await run(#""head": "softmax", "fold": 0"#) }
    }

    @Test func withoutALossThereIsNothingToLearn() async throws {
        await #expect(throws: ConfigurationError.self) { _ = try await run(#""classification": 0"#) }
    }
}
