import Foundation

/// The jobs of a ``ThreadPool`` that wait for a thread, and the count of its threads.
///
/// Unchecked, because the variables are only used under the condition's lock.
final class WorkQueue: TaskExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    /// In the order in which they came; those before `next` have been taken.
    private var jobs: [UnownedJob] = []
    private var next = 0
    private var threads = 0
    /// Calls that were admitted and have not left.
    private var calls = 0
    private var isClosed = false

    /// Lets a call in, and makes a thread for it if all may be busy.
    ///
    /// - Throws: ``ThreadPool/Unavailable`` if there is no thread and none can be made.
    func admit(mostThreads: Int, name: String) throws(ThreadPool.Unavailable) {
        condition.lock()
        defer { condition.unlock() }
        if calls >= threads, threads < mostThreads {
            let number = WorkerThread.start(name: name) { [self] in
                while let job = take() { run(job) }
            }
            // One thread is enough to get all work done.
            guard number == 0 || threads > 0 else { throw ThreadPool.Unavailable(number: number) }
            if number == 0 { threads += 1 }
        }
        calls += 1
    }

    /// Lets a call out.
    func leave() {
        condition.lock()
        calls -= 1
        condition.unlock()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.lock()
        jobs.append(job)
        // Under the lock: as soon as it is free, the job may run to its end, and with it end the last use of the pool. The runtime
        // keeps no reference to an executor, so nothing is touched after that.
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

    /// The next job, waited for; `nil` if the queue is closed.
    private func take() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while next == jobs.count {
            if isClosed { return nil }
            condition.wait()
        }
        defer {
            next += 1
            // Rarely, so that a job costs the same however many wait.
            if next == jobs.count || next >= 1024 {
                jobs.removeFirst(next)
                next = 0
            }
        }
        return jobs[next]
    }
}
