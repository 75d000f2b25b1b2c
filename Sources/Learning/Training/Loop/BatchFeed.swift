import Foundation
import Synchronization

/// A bounded queue of batches. Concurrent tasks fill it, and the training thread takes the batches out in order.
final class BatchFeed<Source: BatchSource> {
    /// The place of one batch in the queue.
    private final class Slot: Sendable {
        private let result = Mutex<Result<Source.Batch, any Error>?>(nil)
        private let arrival = DispatchSemaphore(value: 0)

        func put(_ value: Result<Source.Batch, any Error>) {
            result.withLock { $0 = value }
            arrival.signal()
        }

        /// Blocks the calling thread until the batch has arrived.
        func take() throws -> Source.Batch {
            arrival.wait()
            guard let value = result.withLock({ $0 }) else {
                preconditionFailure("the semaphore was signaled without a batch")
            }
            return try value.get()
        }
    }

    private let source: Source
    private let end: Int
    private var nextStep: Int
    private var pending: [(slot: Slot, task: Task<Void, Never>)] = []

    /// Creates a queue of the batches of the steps `start` to below `end`, of which `ahead` are prepared at a time.
    init(_ source: Source, from start: Int, to end: Int, ahead: Int) {
        (self.source, nextStep, self.end) = (source, start, end)
        for _ in 0..<ahead { order() }
    }

    deinit { for (_, task) in pending { task.cancel() } }

    /// Returns the next batch in step order. It is a programming error to ask for more batches than there are.
    func next() throws -> Source.Batch {
        precondition(!pending.isEmpty, "no batch is left")
        let (slot, _) = pending.removeFirst()
        let batch = try slot.take()
        order()
        return batch
    }

    private func order() {
        guard nextStep < end else { return }
        let (epoch, step) = nextStep.quotientAndRemainder(dividingBy: source.stepsPerEpoch)
        nextStep += 1
        let slot = Slot()
        let task = Task { [source] in
            do {
                slot.put(.success(try await source.batch(epoch: epoch, step: step)))
            } catch {
                slot.put(.failure(error))
            }
        }
        pending.append((slot, task))
    }
}
