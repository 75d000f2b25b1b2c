import Datasets
import Evaluation
import Faces
import Foundation
import Measurements
import Reports
import TestSupport
import Testing

@Suite("Pictures of people") struct PeopleEvaluationTests {
    private let people: DrawnPeople

    init() throws {
        people = try DrawnPeople()
        try people.drawNine()
    }

    private let provenance = Provenance(
        data: [], command: "test", date: Date(timeIntervalSince1970: 0), program: "test")

    @Test("All pairs: people of different colors are distinguished without errors; the page shows the worst pairs")
    func allPairs() async throws {
        var evaluation = AllPairsEvaluation(
            DrawnPeople.nine + [.init(file: "gone.png", identity: "red", line: 1)], reading: people.reading,
            hasPage: true)
        try await evaluation.measure(by: people.recognizer())
        let measured = try #require(evaluation.measured.first)
        #expect(measured.report.areaUnderCurve == 1 && measured.report.equalErrorRate == 0)
        #expect(measured.report.calibration.people == 3 && measured.report.calibration.pictures == 9)
        #expect(measured.report.calibration.matedPairs == 9 && measured.report.calibration.impostorPairs == 27)
        #expect(measured.failedImages == 1 && evaluation.notes.unreadable.map(\.image) == ["gone.png"])
        #expect(people.events.all.contains("9 faces, 0 without"))
        let page = evaluation.page(provenance: provenance).page.html
        #expect(page.contains("red0.png") && page.contains("data:image"))
    }

    @Test("Thresholds: the card states the pictures and the conditions of the measurement")
    func thresholds() async throws {
        try people.draw("black", 0, 0, 0)
        let pictures = DrawnPeople.nine + [.init(file: "black.png", identity: "red", line: 1)]
        let evaluation = ThresholdsEvaluation(data: "colors", remark: "drawn") { "measure \($0) \($1)" }
        let result = try await evaluation.measure(pictures, reading: people.reading, by: people.recognizer())
        #expect(result.calibration.people == 3 && result.calibration.pictures == 9)
        #expect(result.calibration.conditions == "detector drawn, f32, 1 of 10 pictures without a face")
        #expect(result.calibration.command == "measure color drawn" && result.calibration.remark == "drawn")
        // The highest similarity of two people bounds every threshold from above; mated ones are all higher.
        #expect(result.calibration.points.allSatisfy { $0.falseNonMatchRate == 0 })
    }

    @Test("Identification: everybody is found; strangers are refused if the searches can't support a rate")
    func identification() async throws {
        var options = IdentificationEvaluation.Options()
        (options.ranks, options.rates) = (2, [0.5, 1e-4])
        let closed = try await IdentificationEvaluation(options).measure(
            DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        #expect(closed.split.enrolled.sorted() == ["blue", "green", "red"] && closed.split.strangers.isEmpty)
        #expect(closed.closedSet.rate(rank: 1)?.value == 1 && closed.openSet.isEmpty && closed.refused.isEmpty)
        options.strangers = 0.34
        let open = try await IdentificationEvaluation(options).measure(
            DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        #expect(open.split.strangers.count == 1)
        #expect(open.openSet.count + open.refused.count == 2 && !open.refused.isEmpty)
        let page = try await open.page(provenance: provenance)
        #expect(page.page.html.contains("Not enrolled"))
    }

    @Test("A list in which nobody has enough pictures is refused before any picture is read")
    func tooFew() {
        let singles = ["a", "b"].map { IdentityList.Picture(file: $0, identity: $0, line: 1) }
        #expect(throws: EvaluationError.tooFewPictures(needed: 2)) { try IdentificationEvaluation().check(singles) }
        #expect(people.events.all.isEmpty)
    }

    @Test("Classification tests copies; a copy without a face is an error, a missing copy is left out")
    func classification() async throws {
        for picture in DrawnPeople.nine where picture.file != "red2.png" {
            try people.folder.copy(
                people.folder.url.appending(path: picture.file), to: "copies/\(picture.file)")
        }
        try people.draw("copies/green2", 0, 0, 0)
        let evaluation = ClassificationEvaluation(
            .folds(2), seeds: 1, copies: people.folder.url.appending(path: "copies"))
        let result = try await evaluation.measure(
            DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        #expect(result.classification.pictures == 8 && result.failedTests == 1)
        #expect(result.notes.unreadable.map(\.image) == ["red2.png (copy)"])
        #expect(people.events.all.contains("began 2 classifiers"))
        let page = await result.page(provenance: provenance).page.html
        #expect(page.contains("2 folds") && page.contains("copies in"))
    }

    @Test("The training part in words") func division() {
        #expect(ClosedSetClassification.Division.folds(5).words == "5 folds")
        #expect(ClosedSetClassification.Division.share(0.8).words == "80 % of each person's pictures")
    }

    @Test("If no copy has a face, there is nothing to test")
    func copies() async throws {
        for picture in DrawnPeople.nine {
            try people.draw("black/\(picture.file.dropLast(4))", 0, 0, 0)
        }
        let evaluation = ClassificationEvaluation(copies: people.folder.url.appending(path: "black"))
        await #expect(throws: MeasurementError.self) {
            try await evaluation.measure(DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        }
    }

    @Test("Resampling: a result for each division, of all seeds")
    func resampling() async throws {
        let result = try await ResamplingEvaluation([.selfConsistency], pairs: 100, seeds: [1, 2]).measure(
            DrawnPeople.nine, reading: people.reading, by: people.recognizer())
        #expect(result.people == 3 && result.pictures == 9 && result.failedImages == 0)
        #expect(result.verifications.count == 1)
        #expect(result.verifications[0].accuracy.mean == 1 && result.verifications[0].accuracy.runs == 2)
    }

    @Test("Groups: labels are crossed; a picture that lacks one is in no group")
    func groups() async throws {
        let rows = DrawnPeople.nine.map { picture in
            let shade = picture.file.dropLast(4).last == "0" ? "" : "light"
            return "\(picture.file),\(picture.identity ?? ""),\(picture.identity == "red" ? "warm" : "cold"),\(shade)"
        }
        let evaluation = GroupsEvaluation(
            ["tone", "tone+shade"], threshold: .given(0.9), bootstrapRounds: 0)
        #expect(evaluation.columns == ["tone", "shade"])
        let list = try LabelledList(
            text: (["file,identity,tone,shade"] + rows).joined(separator: "\n"), columns: evaluation.columns)
        let result = try await evaluation.measure(list, reading: people.reading, by: people.recognizer())
        #expect(result.threshold == 0.9 && result.source.name == "given" && result.source.rate == nil)
        #expect(result.pictures == 9 && result.people == 3 && result.failures.isEmpty)
        #expect(result.labels.map(\.label) == ["tone", "tone+shade"])
        #expect(Set(result.labels[0].errors.groups.map(\.name)) == ["warm", "cold"])
        let crossed = result.labels[1].errors.groups
        #expect(Set(crossed.map(\.name)) == ["warm + light", "cold + light"])
        #expect(crossed.first { $0.name == "warm + light" }?.size?.pictures == 2)
        #expect(result.page(provenance: provenance).page.html.contains("tone+shade"))
    }

    @Test(
        "The source of a threshold in words",
        arguments: [
            (.given(0.4), "given"), (.card(falseMatchRate: 0.001), "the card's at FMR 0.001"),
            (.list(falseMatchRate: 0.01), "FMR 0.01 over all impostor pairs of the list"),
        ] as [(GroupThreshold, String)])
    func words(threshold: GroupThreshold, text: String) {
        #expect(GroupThreshold.words(name: threshold.name, rate: threshold.rate) == text)
    }
}
