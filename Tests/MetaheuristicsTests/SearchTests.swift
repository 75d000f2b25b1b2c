import Foundation
import Metaheuristics
import Synchronization
import TestSupport
import Testing

@Suite("Searches")
struct SearchTests {
    private let function = TestFunction(.rosenbrock, dimension: 3, isShifted: true)

    @Test(
        "As many evaluations as the budget, whatever the batches; the same with one worker and with three",
        arguments: OptimizerKind.allCases)
    func budget(kind: OptimizerKind) async throws {
        let one = try await Search(function.space, by: kind, budget: 57, seed: 4).run { [function] in function.value($0)
        }
        let three = try await Search(function.space, by: kind, budget: 57, seed: 4, workers: 3).run {
            [function] values in
            try await Task.sleep(for: .microseconds(Int.random(in: 0...500)))
            return function.value(values)
        }
        #expect(one.evaluations.map(\.number) == Array(1...57))
        #expect(one.evaluations.map(\.values) == three.evaluations.map(\.values))
        let curve = one.convergence
        #expect(curve.count == 57 && zip(curve, curve.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(one.best?.cost == curve.last)
    }

    @Test("An interrupted search continues from its journal, with the same result", arguments: [1, 2])
    func resume(workers: Int) async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "journal.jsonl")
        let search = try Search(function.space, by: .adaptiveEAOA, budget: 60, seed: 9, workers: workers)
        let whole = try await search.run { [function] in function.value($0) }
        let count = Mutex(0)
        await #expect(throws: CancellationError.self) {
            try await search.run(journal: SearchJournal(file)) { [function] values in
                if count.withLock({
                    $0 += 1; return $0
                }) > 25 {
                    throw CancellationError()
                }
                return function.value(values)
            }
        }
        // A line that was being written at a power failure.
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"number\": 2".utf8))
        try handle.close()
        let again = Mutex(0)
        let resumed = try await search.run(journal: SearchJournal(file)) { [function] values in
            again.withLock { $0 += 1 }
            return function.value(values)
        }
        #expect(resumed.evaluations.map(\.cost) == whole.evaluations.map(\.cost))
        #expect(again.withLock { $0 } >= 35 && again.withLock { $0 } < 60, "what was done is not done again")
        let third = try await search.run(journal: SearchJournal(file)) { _ in
            Issue.record("nothing is left")
            return 0
        }
        #expect(third.evaluations.map(\.values) == resumed.evaluations.map(\.values))
        #expect(third.best?.cost == whole.best?.cost)
    }

    @Test("Blank lines in a journal do no harm, and new lines start on a separate line")
    func blankLines() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "journal.jsonl")
        let search = try Search(function.space, by: .tpe, budget: 12, seed: 1)
        _ = try await search.run(journal: SearchJournal(file)) { _ in 1 }
        let whole = try String(contentsOf: file, encoding: .utf8)
        try Data(whole.replacing("\n", with: "\n\n\n").utf8).write(to: file)
        let again = try await search.run(journal: SearchJournal(file)) { _ in throw CancellationError() }
        #expect(again.evaluations.count == 12, "all of them were in the journal")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.joined(separator: "\n") + "\n" == whole)
    }

    @Test("The journal of another search, or a damaged one, is refused")
    func otherJournal() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "journal.jsonl")
        _ = try await Search(function.space, by: .tpe, budget: 12, seed: 1).run(journal: SearchJournal(file)) { _ in 1 }
        await #expect(throws: MetaheuristicsError.self) {
            try await Search(function.space, by: .tpe, budget: 12, seed: 2).run(journal: SearchJournal(file)) { _ in 1 }
        }
        try Data("something else\n".utf8).write(to: file)
        await #expect(throws: MetaheuristicsError.self) {
            try await Search(function.space, by: .tpe, budget: 12, seed: 1).run(journal: SearchJournal(file)) { _ in 1 }
        }
    }

    @Test("A failed evaluation has a reason instead of a cost, and the search continues")
    func failures() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "Broken" }
        let result = try await Search(function.space, by: .cmaes, budget: 40, seed: 3).run { [function] values in
            guard (values["x0"]?.number ?? 0) > 0 else { throw Broken() }
            return function.value(values)
        }
        let failed = result.evaluations.filter { $0.cost == nil }
        #expect(!failed.isEmpty && failed.count < 40)
        #expect(failed.allSatisfy { $0.failure?.contains("Broken") == true })
        #expect(result.best != nil)
    }
}
