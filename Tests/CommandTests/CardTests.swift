import Foundation
import TestSupport
import Testing

@Suite("Damaged cards and files", .enabled(if: Fixtures.isSetUp, Comment(rawValue: Fixtures.needsSetUp)))
struct CardTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Expects one sentence that names the file and contains no Swift error text.
    private func expectSentence(
        _ text: String, names: String..., at location: SourceLocation = #_sourceLocation
    ) {
        for name in names { #expect(text.contains(name), "\(text)", sourceLocation: location) }
        for word in [
            "CodingKeys", "DecodingError", "NSError", "Swift.", "debugDescription", "Error Domain", "Optional(",
        ] {
            #expect(!text.contains(word), "\(text)", sourceLocation: location)
        }
    }

    @Test("A damaged card is listed with the reason, and the other models are listed too")
    func damaged() throws {
        try folder.file("setup.json", Data("{}".utf8))
        try FileManager.default.createSymbolicLink(
            at: folder.url.appending(path: "openvino"),
            withDestinationURL: Fixtures.dependencies.appending(path: "openvino"))
        try Fixtures.linkHelperModels(in: folder)
        for name in ["yunet", "sface"] {
            try folder.copy(Fixtures.model(name, "card.json"), to: "models/\(name)/card.json")
            try folder.copy(Fixtures.model(name), to: "models/\(name)/model.onnx")
        }
        try folder.file("models/broken/card.json", Data(#"{"name": "broken", "version": 3}"#.utf8))
        let environment = ["LIKENESS_HOME": folder.url.path]
        let list = try likeness("models", "list", "--format", "json", environment: environment)
        #expect(list.status == 69)
        let models = try JSON.objects(list.json())
        let names = (Fixtures.helperModels + ["broken", "sface", "yunet"]).sorted()
        #expect(models.compactMap { $0["name"] as? String } == names)
        let error = try JSON.object(models.first { $0["name"] as? String == "broken" }?["error"])
        #expect(error["code"] as? String == "unreadable_card")
        expectSentence(try #require(error["message"] as? String), names: "models/broken/card.json", "the field version")
        #expect(try likeness("models", "list", environment: environment).output.contains("the field version"))
        let doctor = try likeness("doctor", "--format", "csv", environment: environment)
        #expect(doctor.status == 69)
        let checks = rows(doctor.output)
        #expect(checks.filter { $0[0] == "false" }.map { $0[1] } == ["card broken"])
        #expect(checks.contains { $0[1] == "weights sface/model.onnx" })
        expectSentence(doctor.output, names: "the field version is not a string")
    }

    @Test("A damaged policy, run file or card is reported with the name of the field")
    func files() throws {
        try folder.blank("in/a.png")
        for name in ["o", "b"] { try folder.blank("people/\(name)/1.png") }
        try folder.file("policy.json", Data(#"{"steps": [{"kind": "mask", "probability": "often"}]}"#.utf8))
        try folder.file("run.json", Data(#"{"task": "face-embedding", "settings": {"neurons": 1e999}}"#.utf8))
        try folder.file("experiment/e/experiment.json", Data(#"{"title": 1e999}"#.utf8))
        var card = try Data(contentsOf: Fixtures.model("sface", "card.json"))
        card.removeLast(40)
        try folder.file("card.json", card)
        for (command, file, field) in [
            ("augment in --policy policy.json --to out", "policy.json", "steps.0.probability is not a number"),
            ("train --config run.json --out r", "run.json", "settings.neurons"),
            ("tune --config run.json --out t", "run.json", "settings.neurons"),
            ("evaluate experiment e --experiments experiment", "experiment.json", "title"),
            ("calibrate --images people --card card.json", "card.json", "it is not valid JSON"),
            ("calibrate --images people --card card.json --forget-children", "card.json", "it is not valid JSON"),
            ("evaluate thresholds --images people --card card.json", "card.json", "it is not valid JSON"),
        ] {
            let outcome = try shell("\"$LIKENESS\" \(command)", in: folder)
            #expect(outcome.status == 65, "\(command): \(outcome.status) \(outcome.errors)")
            expectSentence(outcome.errors, names: file, field)
        }
    }

    @Test("Thresholds at rates that were not measured are marked", .enabled(if: hasThresholds, needsThresholds))
    func measured() throws {
        let card = try JSON.object(likeness("models", "show", "sface", "--format", "json").json())
        let thresholds = try #require(card["adaptiveThresholds"])
        let cells = try JSON.objects(JSON.object(thresholds)["cells"])
        #expect(!cells.isEmpty)
        for cell in cells {
            let points = try JSON.objects(cell["points"])
            let lowest = cell["lowestMeasuredRate"] as? Double
            for point in points {
                let rate = try #require(point["falseMatchRate"] as? Double)
                #expect(point["measured"] as? Bool == (lowest.map { rate >= $0 } ?? true))
            }
        }
        let text = try likeness("models", "show", "sface").output
        #expect(text.contains("lowest measured"))
    }
}
