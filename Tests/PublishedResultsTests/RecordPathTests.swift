import Foundation
import LikenessSupport
import PublishedResults
import Testing

@Suite("Paths in records")
struct RecordPathTests {
    private let record: JSONValue

    init() throws {
        record = try JSONDecoder().decode(
            JSONValue.self,
            from: Data(
                """
                {"accuracy": {"mean": 0.99}, "folds": [{"fold": 0, "value": 0.5}, {"fold": 1, "value": 0.25}],
                 "hidden": [{"fill": "blur", "controls": [{"control": "cells", "loss": 0.125}]}], "eer": null,
                 "holds": true, "model": "sface"}
                """.utf8))
    }

    @Test(
        "Names, indices, and elements selected by the value of a field",
        arguments: [
            ("accuracy.mean", 0.99), ("folds[1].value", 0.25), ("folds[fold=0].value", 0.5),
            ("hidden[fill=blur].controls[control=cells].loss", 0.125),
        ])
    func numbers(path: String, value: Double) throws {
        #expect(try RecordPath(path).number(in: record) == value)
    }

    @Test("Null is neither a number nor an error")
    func null() throws {
        #expect(try RecordPath("eer").number(in: record) == nil)
    }

    @Test(
        "If a path leads nowhere, the error blames the record or the path",
        arguments: [
            ("accuracy.median", "no 'median'"), ("folds[2].value", "no element 2"),
            ("folds[fold=7].value", "no element with fold 7"), ("model", "not a number"), ("", "empty"),
            ("folds[1", "] is missing"), ("folds[one].value", "neither an index"),
            ("accuracy..mean", "a name is missing"),
        ])
    func nowhere(path: String, reason: String) throws {
        let error = #expect(throws: ExperimentError.self) { try RecordPath(path).number(in: record) }
        #expect(error?.description.contains(reason) == true)
    }
}
