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

    @Test("A field that nobody knows is named, with the nearest that somebody does: status 65, and nothing is written")
    func misspelt() throws {
        let file = try configuration(#"{"task": "mask-classifier", "optimizer": {"kind": "adamW", "wieghtDecay": 1}}"#)
        let outcome = try likeness("train", "--config", file, "--out", folder.path("run"))
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("optimizer.wieghtDecay: did you mean optimizer.weightDecay?"))
        #expect(try folder.names() == ["run.json"])
    }

    @Test(
        "What is wrong in a configuration is said by the field",
        arguments: [
            (#"{"task": "mask-clasifier"}"#, "there is no task called \"mask-clasifier\""),
            (#"{"task": "mask-classifier", "epochs": -1}"#, "field epochs is -1, but must be from 0"),
            (#"{"task": "mask-classifier", "settings": {"folds": 2}}"#, "settings.folds is 2, but must be from 3"),
            (#"{"task": "mask-classifier", "settings": {"fold": 3}}"#, "settings.fold: did you mean settings.folds?"),
            ("not json", "is no JSON"),
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

    @Test("No configuration: status 66; options that exclude each other: status 64")
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
