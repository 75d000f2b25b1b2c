import Foundation
import Synchronization
import Testing

@testable import Training

@Suite struct BatchFeedTests {
    private final class Counting: BatchSource {
        let stepsPerEpoch = 3
        let examplesPerStep = 1
        private let state = Mutex((begun: 0, most: 0, taken: 0))

        struct Broken: Error {}

        func batch(epoch: Int, step: Int) async throws -> String {
            state.withLock { state in
                state.begun += 1
                state.most = max(state.most, state.begun - state.taken)
            }
            if epoch == 3 { throw Broken() }
            // Earlier steps have later batches, because the order must not depend on the time.
            try await Task.sleep(for: .milliseconds(3 - step))
            return "\(epoch).\(step)"
        }

        func take() { state.withLock { $0.taken += 1 } }
        var mostAhead: Int { state.withLock { $0.most } }
        var begun: Int { state.withLock { $0.begun } }
    }

    @Test func batchesComeInOrderAndNotTooFarAhead() async throws {
        let source = Counting()
        let batches = try await onOwnThread {
            let feed = BatchFeed(source, from: 2, to: 8, ahead: 2)
            return try (0..<6).map { _ in
                let batch = try feed.next()
                source.take()
                return batch
            }
        }
        #expect(batches == ["0.2", "1.0", "1.1", "1.2", "2.0", "2.1"])
        // The batch that is being passed on counts as started and not yet taken.
        #expect(source.mostAhead <= 3)
        #expect(source.begun == 6)
    }

    @Test func anErrorComesWithItsBatch() async throws {
        let source = Counting()
        try await onOwnThread {
            let feed = BatchFeed(source, from: 8, to: 12, ahead: 4)
            let first = try feed.next()
            #expect(first == "2.2")
            #expect(throws: Counting.Broken.self) { try feed.next() }
        }
    }
}
