import Foundation
import LikenessSupport
import PublishedResults
import TestSupport
import Testing

@Suite("Steps of experiments")
struct ExperimentRunTests {
    @Test("Steps run in order, with the results of earlier ones; a second run reuses the records")
    func order() async throws {
        let folder = try TemporaryFolder()
        let run = ExperimentRun(try sample(), work: folder.url.appending(path: "work"), stamp: "1")
        var commands: [[String]] = []
        let records = try await run.records { arguments in
            commands.append(arguments)
            return try write(arguments)
        }
        #expect(commands.count == 2)
        #expect(commands[0][1].hasSuffix("work/masked") && commands[0].contains("json"))
        #expect(Array(commands[1].prefix(2)) == ["--threshold", "0.3625"])
        #expect(try RecordPath("failed").number(in: #require(records["second"])) == 3)
        var events: [ExperimentRun.Event] = []
        let again = try await run.records(report: { events.append($0) }) { _ in
            Issue.record("nothing is left to run")
            return 0
        }
        #expect(again == records)
        #expect(events.count == 2)
    }

    @Test("Another stamp or a request runs everything again; a lost record runs its step")
    func again() async throws {
        let folder = try TemporaryFolder()
        var count = 0
        func run(_ stamp: String, again: Bool = false) async throws -> Int {
            count = 0
            _ = try await ExperimentRun(try sample(), work: folder.url, stamp: stamp).records(again: again) {
                arguments in
                count += 1
                return try write(arguments)
            }
            return count
        }
        #expect(try await run("1") == 2)
        #expect(try await run("1") == 0)
        #expect(try await run("2") == 2)
        #expect(try await run("2", again: true) == 2)
        try FileManager.default.removeItem(at: folder.url.appending(path: "second.json"))
        #expect(try await run("2") == 1)
    }

    @Test("A failed step ends the run, and records of earlier steps are kept")
    func failure() async throws {
        let folder = try TemporaryFolder()
        let run = ExperimentRun(try sample(), work: folder.url, stamp: "1")
        let error = await #expect(throws: ExperimentError.self) {
            try await run.records { $0.contains("evaluate") ? try write($0) : 65 }
        }
        #expect(error == .stepFailed("second", status: 65))
        var count = 0
        _ = try await run.records { arguments in
            count += 1
            return try write(arguments)
        }
        #expect(count == 1)
    }

    @Test("An allowed exit status is not a failure")
    func statuses() async throws {
        let folder = try TemporaryFolder()
        let run = ExperimentRun(try sample(statuses: [0, 1]), work: folder.url, stamp: "1")
        let records = try await run.records { arguments in
            _ = try write(arguments)
            return arguments.contains("evaluate") ? 1 : 0
        }
        #expect(records.count == 2)
    }

    @Test("Missing prerequisites are reported before anything runs")
    func needs() async throws {
        let folder = try TemporaryFolder()
        let need = Experiment.Need(path: folder.path("nothing"), from: "scripts/data")
        let run = ExperimentRun(try sample(needs: [need]), work: folder.url, stamp: "1")
        let error = await #expect(throws: ExperimentError.self) { try await run.records { _ in 0 } }
        #expect(error?.description.contains("run scripts/data first") == true)
    }
}
