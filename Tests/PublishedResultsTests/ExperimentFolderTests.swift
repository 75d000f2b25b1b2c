import Foundation
import PublishedResults
import TestSupport
import Testing

@Suite("A folder of experiments") struct ExperimentFolderTests {
    private let folder: TemporaryFolder
    private let experiments: ExperimentFolder
    private let document: URL

    init() throws {
        folder = try TemporaryFolder()
        let experiment = """
            {"title": "A sample", "needs": [],
             "steps": [{"name": "first", "arguments": ["evaluate"]}, {"name": "second", "arguments": ["other"]}],
             "table": {"heading": "model",
                       "columns": [{"title": "failed", "record": "masked", "value": "failed", "form": "count"}],
                       "rows": [{"title": "one", "records": {"masked": "second"}}]}}
            """
        try folder.file("experiments/sample/experiment.json", Data(experiment.utf8))
        document = try folder.file(
            "document.md", Data("before\n<!-- table: sample -->\n<!-- end of table: sample -->\nafter\n".utf8))
        experiments = ExperimentFolder(folder.url.appending(path: "experiments"), documents: [document])
    }

    private func measure(publishing: Bool = false, again: Bool = false) async throws -> (ExperimentFolder.Outcome, Int)
    {
        var runs = 0
        let outcome = try await experiments.measure(
            "sample", work: folder.url.appending(path: "work"), stamp: "1", again: again,
            publishingAs: publishing ? .init(version: "1.0", machine: "drawn") : nil
        ) { event in
            if case .begins = event { runs += 1 }
        } command: {
            try write($0)
        }
        return (outcome, runs)
    }

    @Test("Initially nothing is published; later the document has the published numbers, with new ones next to them")
    func published() async throws {
        #expect(try experiments.experiment("sample").title == "A sample" && experiments.names() == ["sample"])
        let (first, runs) = try await measure()
        #expect(first.published == nil && first.figures[0][0].value == 3 && runs == 2)
        let (second, again) = try await measure(publishing: true)
        #expect(second.published == nil && again == 0)
        let text = try String(contentsOf: document, encoding: .utf8)
        #expect(text.hasPrefix("before\n") && text.hasSuffix("after\n") && text.contains("| one | 3 |"))
        let (third, all) = try await measure(again: true)
        #expect(third.published?.figures[0][0].value == 3 && all == 2)
    }

    @Test("Without published numbers no document is touched")
    func untouched() throws {
        let before = try Data(contentsOf: document)
        try experiments.writeTable(of: "sample")
        #expect(try Data(contentsOf: document) == before)
    }

    @Test("A stamp changes with the files; a missing file counts as an empty one")
    func stamp() throws {
        let file = try folder.file("a", Data("1".utf8))
        let first = try ExperimentFolder.stamp(of: [file, folder.url.appending(path: "none")])
        try folder.file("a", Data("2".utf8))
        let second = try ExperimentFolder.stamp(of: [file, folder.url.appending(path: "none")])
        #expect(first != second && first.split(separator: " ")[1] == second.split(separator: " ")[1])
    }
}
