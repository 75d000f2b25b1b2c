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
    static func check(_ bytes: Int, for what: String) throws(EngineError) {
        guard let block = malloc(bytes) else {
            throw .outOfMemory("\(what) takes up to \(bytes >> 20) MiB more")
        }
        free(block)
    }
}
