import Dispatch
import Identities

/// Runs an actor on a thread of its own accord, so that its work, which waits for files and scans memory, does not
/// keep the cooperative threads from other tasks.
final class SerialQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
