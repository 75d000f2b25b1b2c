import Foundation
import TestSupport
import Testing

@Suite("Training")
struct TrainTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func configuration(_ json: String) throws -> String {
        try folder.file("run.json", Data(json.utf8)).path
    }

    @Test("An unknown field is reported with the nearest known name: status 65, and nothing is written")
    func misspelt() throws {
        let file = try configuration(#"{"task": "mask-classifier", "optimizer": {"kind": "adamW", "wieghtDecay": 1}}"#)
        let outcome = try likeness("train", "--config", file, "--out", folder.path("run"))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("optimizer.wieghtDecay: did you mean optimizer.weightDecay?"))
        #expect(try folder.names() == ["run.json"])
    }

    @Test(
        "An error in a configuration is reported with the field",
        arguments: [
            (#"{"task": "mask-clasifier"}"#, "there is no task called \"mask-clasifier\""),
            (#"{"task": "mask-classifier", "epochs": -1}"#, "field epochs is -1, but must be from 0"),
            (#"{"task": "mask-classifier", "settings": {"folds": 2}}"#, "settings.folds is 2, but must be from 3"),
            (#"{"task": "mask-classifier", "settings": {"fold": 3}}"#, "settings.fold: did you mean settings.folds?"),
            ("not json", "is not valid JSON"),
        ])
    func wrong(json: String, message: String) throws {
        let outcome = try likeness("train", "--config", configuration(json), "--out", folder.path("run"))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test("Without the training engine: status 69, and what to run")
    func noEngine() throws {
        let file = try configuration(#"{"task": "mask-classifier"}"#)
        let outcome = try likeness(
            "train", "--config", file, "--out", folder.path("run"),
            environment: ["LIKENESS_TRAINING_ENGINE": folder.path("liblikeness_torch.so")])
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("run scripts/setup --training"))
    }

    @Test("No configuration: status 66; options that can't be combined: status 64")
    func usage() throws {
        #expect(try likeness("train", "--config", folder.path("none.json")).status == 66)
        let file = try configuration(#"{"task": "mask-classifier"}"#)
        #expect(try likeness("train", "--config", file, "--resume", "--fresh").status == 64)
        #expect(try likeness("train", "--config", file, "--device", "gpu").status == 64)
        #expect(try likeness("train", "--config", file, "--threads", "0").status == 64)
    }

    @Test("Help lists the tasks")
    func help() throws {
        #expect(try likeness("train", "--help").output.contains("mask-classifier"))
    }
}

@Suite(
    "Training with too few people, and two processes in one folder",
    .enabled(if: Fixtures.isSetUp && Fixtures.hasTrainingEngine, Comment(rawValue: Fixtures.needsTrainingEngine)))
struct FewPeopleTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Packs this many people with two pictures each.
    private func archive(people: Int) throws -> String {
        let portraits = ["obama.jpg", "biden.jpg", "obama2.jpg", "obama_partial_face.jpg"]
        for person in 0..<people {
            for picture in 0..<2 {
                try folder.small(
                    portraits[(2 * person + picture) % portraits.count],
                    as: "people\(people)/p\(person)/\(picture).png",
                    height: 240)
            }
        }
        let place = folder.path("people\(people).archive")
        let outcome = try likeness("pack", "--people", folder.path("people\(people)"), "--to", place, "--quiet")
        try #require(outcome.status == 0, "\(outcome.errors)")
        return place
    }

    private func train(_ task: String, _ settings: String) throws -> Command.Outcome {
        let json = #"{"task": "\#(task)", "epochs": 1, "batch": 8, "settings": \#(settings)}"#
        let file = try folder.file("\(task).json", Data(json.utf8)).path
        return try likeness("train", "--config", file, "--out", folder.path("run-\(task)"), "--quiet")
    }

    @Test("Every task reports how many people it needs: status 65", arguments: [1, 2])
    func tooFew(people: Int) throws {
        let archive = try archive(people: people), cache = folder.path("cache")
        let stages = #"{"stages": {"archive": "\#(archive)", "cache": "\#(cache)"}}"#
        let faces = #"{"archive": "\#(archive)", "cache": "\#(cache)"}"#
        let tasks = [
            ("face-embedding", stages), ("context-fusion", stages), ("masked-head", stages),
            ("backbone", #"{"pictures": \#(faces)}"#), ("mask-gan", #"{"archive": "\#(archive)"}"#),
            ("feature-gan", faces),
        ]
        for (task, settings) in tasks {
            let outcome = try train(task, settings)
            #expect(outcome.status == 65, "\(task): \(outcome.status) \(outcome.errors)")
            #expect(outcome.errors.contains("training people"), "\(task): \(outcome.errors)")
        }
    }

    @Test("An empty archive, and folders without pictures: status 65")
    func empty() throws {
        try folder.blank("none/p/1.png")
        let pack = try likeness("pack", "--people", folder.path("none"), "--to", folder.path("none.archive"), "--quiet")
        #expect(pack.status == 3)
        let outcome = try train(
            "backbone",
            #"{"pictures": {"archive": "\#(folder.path("none.archive"))", "cache": "\#(folder.path("c"))"}}"#)
        #expect(outcome.status == 65 && outcome.errors.contains("has 0 and 0"), "\(outcome.errors)")
        for name in ["mask", "bare", "badly_worn"] { try folder.file("masks/\(name)/notes.txt") }
        let masks = try train("mask-classifier", #"{"data": "\#(folder.path("masks"))"}"#)
        #expect(masks.status == 65 && masks.errors.contains("has no picture"), "\(masks.errors)")
    }

    @Test("Two processes in one folder: the second one reports the first one's number")
    func twice() throws {
        let archive = try archive(people: 2)
        let json =
            #"{"task": "backbone", "settings": {"pictures": {"archive": "\#(archive)", "cache": "\#(folder.path("c"))"}}}"#
        try folder.file("run.json", Data(json.utf8))
        // Holds the lock as a training process does.
        let outcome = try shell(
            """
            mkdir run; exec 9<>run/.lock; echo 4711 >&9; flock -n 9
            "$LIKENESS" train --config run.json --out run
            """, in: folder)
        #expect(outcome.status == 74, "\(outcome.errors)")
        #expect(outcome.errors.contains("another process (4711) is training in"))
        let after = try shell("\"$LIKENESS\" train --config run.json --out run", in: folder)
        #expect(after.status == 65, "whoever ended leaves no lock: \(after.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("run/.lock")))
    }
}
