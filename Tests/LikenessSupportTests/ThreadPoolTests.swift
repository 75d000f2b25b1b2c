import Dispatch
import Foundation
import LikenessSupport
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
    /// The time limit for events that should happen soon: a test fails instead of hanging.
    private static var patience: DispatchTime { .now() + .seconds(60) }

    /// Waits without blocking.
    private static func until(_ condition: () throws -> Bool) async throws {
        let deadline = patience
        while try !condition() {
            try #require(DispatchTime.now() < deadline)
            await Task.yield()
        }
    }

    /// An error with an identity.
    private struct Mishap: Error, Equatable { let number: Int }

    /// The number of calls that have begun, the number that are running, and the most that ran at the same time.
    private final class Counter: Sendable {
        private let counts = Mutex((begun: 0, running: 0, most: 0))

        var begun: Int { counts.withLock { $0.begun } }
        var most: Int { counts.withLock { $0.most } }
        var running: Int { counts.withLock { $0.running } }

        func enter() {
            counts.withLock { counts in
                counts.begun += 1
                counts.running += 1
                counts.most = max(counts.most, counts.running)
            }
        }

        func leave() { counts.withLock { $0.running -= 1 } }
    }

    private static var threadName: String { Thread.current.name ?? "" }

    @Test func workRunsOnItsOwnThreadsAndTheTaskGoesOnElsewhere() async throws {
        let pool = ThreadPool(name: "own", mostThreads: 1)
        #expect(try await pool.run { Self.threadName } == "own")
        #expect({ Self.threadName }() != "own")
    }

    /// If calls blocked the threads that tasks share, the task that releases them would never run.
    @Test func callsThatBlockDoNotKeepTasksFromRunning() async throws {
        let calls = ThreadPool.cores * 4
        let pool = ThreadPool(name: "blocked", mostThreads: calls)
        let counter = Counter(), release = DispatchSemaphore(value: 0)
        let released = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<calls {
                group.addTask {
                    try await pool.run {
                        counter.enter()
                        return release.wait(timeout: Self.patience) == .success
                    }
                }
            }
            let freeing = Task {
                try await Self.until { counter.running == calls }
                for _ in 0..<calls { release.signal() }
            }
            try await freeing.value
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(released == Array(repeating: true, count: calls))
        #expect(counter.most == calls)
    }

    @Test(arguments: [1, 2, 5]) func noMoreCallsThanThreads(_ most: Int) async throws {
        let pool = ThreadPool(name: "bound", mostThreads: most)
        let counter = Counter()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await pool.run {
                        counter.enter()
                        defer { counter.leave() }
                        usleep(500)
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 199 * 100)
        #expect((1...most).contains(counter.most))
        #expect(counter.running == 0)
    }

    @Test func manyThousandCalls() async throws {
        let pool = ThreadPool(name: "many", mostThreads: 3)
        let tasks = 16, calls = 2000
        let sums = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var sum = 0
                    for call in 0..<calls { sum += try await pool.run { task * calls + call } }
                    return (task, sum)
                }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1.0] = $1.1 }
        }
        for task in 0..<tasks { #expect(sums[task] == (0..<calls).reduce(0) { $0 + task * calls + $1 }) }
    }

    /// More calls than are moved at once.
    @Test func manyCallsThatWaitForOneThread() async throws {
        let pool = ThreadPool(name: "queue", mostThreads: 1)
        let begun = Counter(), gate = DispatchSemaphore(value: 0), count = 5000
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await pool.run { gate.wait(timeout: Self.patience) == .success } }
            for _ in 0..<count {
                group.addTask {
                    try await pool.run { begun.enter() }
                    return true
                }
            }
            gate.signal()
            for try await isDone in group { #expect(isDone) }
        }
        #expect(begun.begun == count)
    }

    @Test func errorsComeThrough() async throws {
        let pool = ThreadPool(name: "errors", mostThreads: 1)
        for number in 0..<3 {
            await #expect(throws: Mishap(number: number)) {
                try await pool.run { throw Mishap(number: number) }
            }
        }
        #expect(try await pool.run { 7 } == 7)
    }

    @Test func aTaskThatIsCancelledBeforeDoesNotBegin() async throws {
        let pool = ThreadPool(name: "before", mostThreads: 1)
        let hasRun = Counter()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await pool.run { hasRun.enter() }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(hasRun.begun == 0)
    }

    @Test func aTaskThatIsCancelledWhileItWaitsForAThreadDoesNotBegin() async throws {
        let pool = ThreadPool(name: "waiting", mostThreads: 1)
        let hasRun = Counter(), isBusy = Counter()
        let gate = DispatchSemaphore(value: 0)
        let busy = Task {
            try await pool.run {
                isBusy.enter()
                return gate.wait(timeout: Self.patience) == .success
            }
        }
        try await Self.until { isBusy.begun == 1 }
        let isAsking = Counter()
        let waiting = Task {
            isAsking.enter()
            try await pool.run { hasRun.enter() }
        }
        try await Self.until { isAsking.begun == 1 }
        waiting.cancel()
        gate.signal()
        #expect(try await busy.value)
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(hasRun.begun == 0)
        #expect(try await pool.run { true })
    }

    @Test func whatHasBegunRunsToItsEnd() async throws {
        let pool = ThreadPool(name: "during", mostThreads: 1)
        let hasBegun = Counter(), gate = DispatchSemaphore(value: 0)
        let task = Task {
            try await pool.run {
                hasBegun.enter()
                return gate.wait(timeout: Self.patience) == .success && Task.isCancelled
            }
        }
        try await Self.until { hasBegun.begun == 1 }
        task.cancel()
        gate.signal()
        #expect(try await task.value)
    }

    private enum Local {
        @TaskLocal static var value = 0
    }

    @Test func taskLocalValuesAreTheCallers() async throws {
        let pool = ThreadPool(name: "locals", mostThreads: 1)
        let seen = try await Local.$value.withValue(5) { try await pool.run { Local.value } }
        #expect(seen == 5)
        #expect(try await pool.run { Local.value } == 0)
    }

    #if os(Linux)
    @Test func threadsEndWithTheirPool() async throws {
        func threads() throws -> Int {
            let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            return tasks.count {
                (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) == "ending\n"
            }
        }
        var pool: ThreadPool? = ThreadPool(name: "ending", mostThreads: 1)
        let name = try await pool?.run { Self.threadName }
        #expect(name == "ending")
        #expect(try threads() == 1)
        pool = nil
        try await Self.until { try threads() == 0 }
    }
    #endif
}
