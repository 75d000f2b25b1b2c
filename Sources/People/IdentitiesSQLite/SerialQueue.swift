import Dispatch
import Identities

/// An executor that runs an actor on its own queue, so that waiting for files and scanning memory do not block the
/// threads of the cooperative pool.
final class SerialQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
