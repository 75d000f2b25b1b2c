import Foundation

/// The jobs of a ``ThreadPool`` that wait for a thread, and the number of its threads.
///
/// `@unchecked Sendable`: the variables are only used under the condition's lock.
final class WorkQueue: TaskExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    /// The jobs in the order in which they came; those before `next` have been taken.
    private var jobs: [UnownedJob] = []
    private var next = 0
    private var threads = 0
    /// The number of calls that were admitted and have not left.
    private var calls = 0
    private var isClosed = false

    /// Registers a call, and creates a thread for it if all others may be busy.
    ///
    /// - Throws: ``ThreadPool/Unavailable`` if there is no thread and none can be created.
    func admit(mostThreads: Int, name: String) throws(ThreadPool.Unavailable) {
        condition.lock()
        defer { condition.unlock() }
        if calls >= threads, threads < mostThreads {
            let number = WorkerThread.start(name: name) { [self] in
                while let job = take() { run(job) }
            }
            // One thread is enough to finish all work.
            guard number == 0 || threads > 0 else { throw ThreadPool.Unavailable(number: number) }
            if number == 0 { threads += 1 }
        }
        calls += 1
    }

    /// Unregisters a call.
    func leave() {
        condition.lock()
        calls -= 1
        condition.unlock()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        jobs.append(job)
        // Signal under the lock. As soon as it is released, the job may finish, and the pool may no longer be used. The
        // runtime keeps no reference to an executor, so nothing may be accessed after that.
        condition.signal()
        condition.unlock()
    }

    /// Lets the threads end when no job is left.
    func close() {
        condition.lock()
        isClosed = true
        condition.unlock()
        condition.broadcast()
    }

    private func run(_ job: UnownedJob) {
        #if canImport(ObjectiveC)
        autoreleasepool { job.runSynchronously(on: asUnownedTaskExecutor()) }
        #else
        job.runSynchronously(on: asUnownedTaskExecutor())
        #endif
    }

    /// Waits for the next job and returns it; `nil` if the queue is closed and empty.
    private func take() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while next == jobs.count {
            if isClosed { return nil }
            condition.wait()
        }
        defer {
            next += 1
            // Done rarely, so that the cost per job does not depend on the number of waiting jobs.
            if next == jobs.count || next >= 1024 {
                jobs.removeFirst(next)
                next = 0
            }
        }
        return jobs[next]
    }
}
