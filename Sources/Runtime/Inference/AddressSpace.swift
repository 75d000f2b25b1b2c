import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Checks that there is enough memory for the engine and for networks.
///
/// OpenVINO's own threads can't report that they got no memory: they end the process or wait forever. The known needs
/// of the engine and of a network are therefore requested here first, so that a memory limit (`ulimit -v`) becomes an
/// error.
enum AddressSpace {
    /// The address space, in bytes, for opening the engine and running a usual pair of networks, with some reserve.
    /// YuNet and SFace need 0.85 GiB, mostly libraries and stacks that are reserved and never touched.
    static let engine = 1 << 30
    /// The address space of a network without its weights, in bytes.
    static let network = 128 << 20
    /// The number of copies of the weights in memory: in the file's form, in the engine's form, and in the form that
    /// runs.
    static let copiesOfWeights = 3

    /// The number of bytes promised to networks that are being loaded.
    private static let promised = Mutex(0)

    /// Checks that `bytes` more can be allocated. They are released at once.
    ///
    /// - Throws: ``EngineError/outOfMemory(_:)``; `what` names the consumer in the message.
    static func check(_ bytes: Int, for what: String) throws(EngineError) {
        guard hasRoom(for: bytes) else { throw .outOfMemory("\(what) takes up to \(bytes >> 20) MiB more") }
    }

    /// Runs `work` if `bytes` can be allocated in addition to those promised to other work in progress.
    ///
    /// Networks are loaded in parallel, and without the promises all of them would count on the same free memory.
    static func promising<Result>(
        _ bytes: Int, for what: String, _ work: () throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        let hasRoom = promised.withLock { promised in
            guard Self.hasRoom(for: promised + bytes) else { return false }
            promised += bytes
            return true
        }
        guard hasRoom else { throw .outOfMemory("\(what) takes up to \(bytes >> 20) MiB more") }
        defer { promised.withLock { $0 -= bytes } }
        return try work()
    }

    /// Returns whether `bytes` more can be allocated.
    ///
    /// It maps memory, because a compiler may remove an allocation that is only freed.
    static func hasRoom(for bytes: Int) -> Bool {
        let block = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard block != MAP_FAILED else { return false }
        munmap(block, bytes)
        return true
    }

    /// Whether the process's address space is limited (`ulimit -v`).
    static var isLimited: Bool {
        var limit = rlimit()
        #if canImport(Glibc)
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return false }
        #else
        guard getrlimit(RLIMIT_AS, &limit) == 0 else { return false }
        #endif
        return limit.rlim_cur < 1 << 46
    }
}
