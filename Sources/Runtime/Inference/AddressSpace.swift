import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether there is room for the engine and for networks.
///
/// OpenVINO's own threads can't report that they got no memory: they end the process, or wait forever. What the engine and a
/// network are known to need is asked for first, so that a limit (`ulimit -v`) is an error.
enum AddressSpace {
    /// What opening the engine and running one of the usual pairs of networks takes, with something to spare: YuNet and SFace
    /// take 0.85 GiB, most of it libraries and stacks that are reserved and never touched.
    static let engine = 1 << 30
    /// What a network takes beside its weights.
    static let network = 128 << 20
    /// The weights are there in the file's form, in the engine's, and in the one that runs.
    static let copiesOfWeights = 3

    /// What networks that are being loaded were promised.
    private static let promised = Mutex(0)

    /// Makes sure that `bytes` more can be had; they are given back at once.
    static func check(_ bytes: Int, for what: String) throws(EngineError) {
        guard hasRoom(for: bytes) else { throw .outOfMemory("\(what) takes up to \(bytes >> 20) MiB more") }
    }

    /// Runs `work` where `bytes` can be had beside what other work under way was promised: networks are loaded side by
    /// side, and each alone would find the same room.
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

    /// Whether `bytes` more can be had.
    ///
    /// Mapped and not allocated: a compiler leaves out an allocation that is only freed.
    static func hasRoom(for bytes: Int) -> Bool {
        let block = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard block != MAP_FAILED else { return false }
        munmap(block, bytes)
        return true
    }

    /// Whether the process may have only so much (`ulimit -v`).
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
