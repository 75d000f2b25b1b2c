import Foundation
import Synchronization

/// A bounded queue of batches, filled by concurrent tasks and emptied in order by the one thread that trains.
final class BatchFeed<Source: BatchSource> {
    /// One batch to come.
    private final class Slot: Sendable {
        private let result = Mutex<Result<Source.Batch, any Error>?>(nil)
        private let arrival = DispatchSemaphore(value: 0)

        func put(_ value: Result<Source.Batch, any Error>) {
            result.withLock { $0 = value }
            arrival.signal()
        }

        /// Blocks the calling thread until the batch is there.
        func take() throws -> Source.Batch {
            arrival.wait()
            guard let value = result.withLock({ $0 }) else { preconditionFailure("a batch arrives with its signal") }
            return try value.get()
        }
    }

    private let source: Source
    private let end: Int
    private var nextStep: Int
    private var pending: [(slot: Slot, task: Task<Void, Never>)] = []

    /// The batches of the steps `from` to `to` (not included), of which `ahead` are made at a time.
    init(_ source: Source, from start: Int, to end: Int, ahead: Int) {
        (self.source, nextStep, self.end) = (source, start, end)
        for _ in 0..<ahead { order() }
    }

    deinit { for (_, task) in pending { task.cancel() } }

    /// The next batch, in the order of steps. More than there are is a programmer's mistake.
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
