import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Inference

@Suite struct EngineExecutorTests {
    /// An engine whose runs wait until they are released. A run that is never released gives up, so that the test fails
    /// instead of hanging.
    private final class FakeEngine: Sendable {
        private let counts = Mutex((running: 0, most: 0))
        private let gate = DispatchSemaphore(value: 0)

        var running: Int { counts.withLock { $0.running } }
        var most: Int { counts.withLock { $0.most } }

        /// Returns whether the run was released.
        func run() -> Bool {
            counts.withLock { counts in
                counts.running += 1
                counts.most = max(counts.most, counts.running)
            }
            defer { counts.withLock { $0.running -= 1 } }
            return gate.wait(timeout: .now() + .seconds(1500)) == .success
        }

        func free() { gate.signal() }
    }

    /// Waits without blocking.
    private static func until(_ condition: () -> Bool) async throws {
        let deadline = DispatchTime.now() + .seconds(1200)
        while !condition() {
            try #require(DispatchTime.now() < deadline)
            await Task.yield()
        }
    }

    /// More runs than cores block until a task releases them. The task needs one of the threads that tasks share.
    @Test func blockedRunsDoNotKeepTasksFromRunning() async throws {
        let engine = FakeEngine(), runs = ProcessInfo.processInfo.activeProcessorCount * 4
        let freed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<runs { group.addTask { try await EngineExecutor.run { engine.run() } } }
            let freeing = Task {
                try await Self.until { engine.running == EngineExecutor.mostCalls }
                for _ in 0..<runs { engine.free() }
            }
            try await freeing.value
            return try await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(freed == Array(repeating: true, count: runs))
        #expect(engine.most == EngineExecutor.mostCalls)
        #expect(engine.running == 0)
    }

    @Test func anErrorComesThrough() async throws {
        let error = EngineError.failed("a fake engine")
        await #expect(throws: error) { try await EngineExecutor.run { throw error } }
    }

    @Test func aCancelledTaskDoesNotCallTheEngine() async throws {
        let engine = FakeEngine()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            _ = try await EngineExecutor.run { engine.run() }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(engine.most == 0)
    }

    @Test func aRunThatHasBegunIsFinished() async throws {
        let engine = FakeEngine()
        let task = Task { try await EngineExecutor.run { engine.run() } }
        try await Self.until { engine.running == 1 }
        task.cancel()
        engine.free()
        #expect(try await task.value)
    }

    @Test(
        "A network gives the same from a task as from a thread",
        .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
    func sameResults() async throws {
        let network = try await EngineExecutor.run {
            try Network(
                engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: Fixtures.model("yunet"),
                configuration: NetworkConfiguration(precision: .exactly(.f32)))
        }
        let shape = [1, 3, 64, 64]
        let input = Tensor(shape: shape, values: (0..<3 * 64 * 64).map { Float($0 % 256) })
        let expected = try await EngineExecutor.run { try network.run(input) }
        let found = try await withThrowingTaskGroup(of: [Tensor].self) { group in
            for _ in 0..<8 { group.addTask { try await EngineExecutor.run { try network.run(input) } } }
            return try await group.reduce(into: [[Tensor]]()) { $0.append($1) }
        }
        #expect(expected.count == 12)
        #expect(found == Array(repeating: expected, count: 8))
    }
}
