import Foundation

/// A thread of the system. Foundation's `Thread` does not report that a thread could not be created.
enum WorkerThread {
    /// The stack size, in bytes: that of a program's first thread, because the inference engine traverses networks
    /// recursively.
    private static let stackSize = 8 << 20

    /// Starts a thread that runs `body` and ends.
    ///
    /// - Returns: The system's error number; 0 if the thread was started.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Int32 {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        var number = pthread_attr_init(attributes)
        guard number == 0 else { return number }
        defer { pthread_attr_destroy(attributes) }
        number = pthread_attr_setstacksize(attributes, stackSize)
        guard number == 0 else { return number }
        number = pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        guard number == 0 else { return number }
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        number = pthread_create(&thread, attributes, { Start.run($0) }, start.toOpaque())
        if number != 0 { start.release() }
        return number
    }

    /// The data that a new thread receives.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }

        static func run(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let pointer else { return nil }
            let start = Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue()
            Thread.current.name = start.name
            start.body()
            return nil
        }
    }
}
