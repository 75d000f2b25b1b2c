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

    /// Makes sure that `bytes` more can be had; they are given back at once.
    ///
    /// Mapped and not allocated: a compiler leaves out an allocation that is only freed.
    static func check(_ bytes: Int, for what: String) throws(EngineError) {
        let block = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard block != MAP_FAILED else { throw .outOfMemory("\(what) takes up to \(bytes >> 20) MiB more") }
        munmap(block, bytes)
    }
}
