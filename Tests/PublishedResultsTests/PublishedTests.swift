import Foundation
import LikenessSupport
import PublishedResults
import TestSupport
import Testing

@Suite("Published results of experiments")
struct PublishedTests {
    private var records: [String: JSONValue] {
        get throws {
            func value(_ text: String) throws -> JSONValue {
                try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
            }
            return [
                "first": try value(#"{"tar": [{"fmr": 0.001, "value": 0.987, "low": 0.98, "high": 0.99}]}"#),
                "second": try value(#"{"failed": 3}"#),
            ]
        }
    }

    @Test("Numbers become a table, which is written to its place in a document and nowhere else")
    func table() throws {
        let table = try sample().table
        let text = table.markdown(try table.figures(of: records))
        #expect(text == "| model | TAR | failed |\n|---|---|---|\n| one | 98.70 % (98.00 to 99.00) | 3 |\n")
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "README.md")
        try Data("before\n<!-- table: lfw -->\nold\n<!-- end of table: lfw -->\nafter\n".utf8).write(to: file)
        try DocumentTable(file: file, name: "lfw").write(text)
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == "before\n<!-- table: lfw -->\n\n\(text)\n<!-- end of table: lfw -->\nafter\n")
        #expect(try DocumentTable(file: file, name: "lfw").text(with: text) == written, "writing again changes nothing")
        #expect(throws: ExperimentError.self) { try DocumentTable(file: file, name: "other").write(text) }
    }

    @Test("The values of a row fill the columns' paths")
    func values() throws {
        let table = try JSONDecoder().decode(
            ResultTable.self,
            from: Data(
                """
                {"heading": "", "columns": [{"title": "", "value": "tar[fmr={rate}].value", "form": "number"}],
                 "rows": [{"title": "r", "record": "first", "values": {"rate": "0.001"}}]}
                """.utf8))
        #expect(try table.figures(of: records)[0][0].value == 0.987)
    }

    @Test("A new value agrees if it lies in the published interval, or is written the same if there is none")
    func agreement() throws {
        let columns = try sample().table.columns
        let old = Figure(value: 0.987, low: 0.98, high: 0.99)
        #expect(old.agrees(with: Figure(value: 0.9805, low: 0.97, high: 0.99), in: columns[0]))
        #expect(!old.agrees(with: Figure(value: 0.9795, low: 0.97, high: 0.99), in: columns[0]))
        #expect(!old.agrees(with: Figure(value: nil), in: columns[0]))
        #expect(Figure(value: 3).agrees(with: Figure(value: 3), in: columns[1]))
        #expect(!Figure(value: 3).agrees(with: Figure(value: 4), in: columns[1]))
        let spread = Figure(value: 0.99, spread: 0.001)
        #expect(spread.agrees(with: Figure(value: 0.9925), in: columns[0]))
        #expect(!spread.agrees(with: Figure(value: 0.9935), in: columns[0]))
    }

    @Test("Results are encoded and decoded; those of another table are refused")
    func file() throws {
        let folder = try TemporaryFolder()
        let table = try sample().table
        #expect(try PublishedResults.published(in: folder.url, for: table) == nil)
        let results = PublishedResults(version: "1", machine: "a processor", figures: try table.figures(of: records))
        try results.write(to: folder.url)
        #expect(try PublishedResults.published(in: folder.url, for: table) == results)
        try PublishedResults(version: "1", machine: "", figures: []).write(to: folder.url)
        #expect(throws: ExperimentError.self) { try PublishedResults.published(in: folder.url, for: table) }
    }

    @Test(
        "An invalid definition is refused with the reason",
        arguments: [
            (#"{"title": "x"}"#, "the field needs is missing"),
            (
                #"{"title": "x", "needs": [], "steps": [], "table": {"heading": "", "columns": [], "rows": []}}"#,
                "no steps"
            ),
            (
                #"{"title": "x", "needs": [], "steps": [{"name": "a b", "arguments": []}], "table": {"heading": "", "columns": [], "rows": []}}"#,
                "not a valid name of a step"
            ),
            (
                #"{"title": "x", "needs": [], "steps": [{"name": "a", "arguments": []}], "table": {"heading": "", "columns": [{"title": "t", "value": "v", "form": "count"}], "rows": [{"title": "r", "record": "b"}]}}"#,
                "not a step"
            ),
            (
                #"{"title": "x", "needs": [], "steps": [{"name": "a", "arguments": []}], "table": {"heading": "", "columns": [{"title": "t", "value": "v", "form": "count", "digits": 1000000000}], "rows": []}}"#,
                "1000000000 digits"
            ),
        ])
    func definitions(text: String, reason: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder.url.appending(path: Experiment.definitionName))
        let error = #expect(throws: ExperimentError.self) { try Experiment(folder: folder.url) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test("The repository's experiments are valid, and the documents hold the published tables")
    func repository() throws {
        let folder = Fixtures.root.appending(path: "Experiments")
        let names = Experiment.names(in: folder)
        #expect(names.contains("lfw"))
        for name in names {
            let place = folder.appending(path: name)
            let experiment = try Experiment(folder: place)
            let results = try #require(try PublishedResults.published(in: place, for: experiment.table), "\(name)")
            let files = [place.appending(path: "README.md"), Fixtures.root.appending(path: "README.md")]
            let documents = files.map { DocumentTable(file: $0, name: name) }.filter(\.isThere)
            #expect(!documents.isEmpty, "\(name) is in no document")
            for document in documents {
                let text = try document.text(with: experiment.table.markdown(results.figures))
                #expect(try String(contentsOf: document.file, encoding: .utf8) == text, "\(document.file.path)")
            }
        }
    }
}
