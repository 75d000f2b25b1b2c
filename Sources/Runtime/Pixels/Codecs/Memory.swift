import CCodecs

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether there is room for what follows from a picture's size.
///
/// A Swift array that gets no memory ends the process. What is large is asked for here first, so that a limit
/// (`ulimit -v`, a container's, the machine's) is an error of one picture.
public enum Memory {
    /// Less than this is not asked for first.
    private static let small = 1 << 18
    /// What is left for everything small that is allocated meanwhile.
    private static let reserve = 24 << 20

    /// Makes sure that `bytes` more can be had.
    ///
    /// - Throws: ``ImageError/outOfMemory``.
    public static func check(_ bytes: Int) throws(ImageError) {
        guard bytes >= small else { return }
        let (wanted, overflow) = bytes.addingReportingOverflow(reserve)
        // The system says what the process may have; what is mapped is not touched, so that asking costs microseconds. A
        // compiler leaves out an allocation that is only freed.
        guard !overflow else { throw .outOfMemory }
        let block = mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard block != MAP_FAILED else { throw .outOfMemory }
        munmap(block, wanted)
        guard bytes < large || isThereRoom(for: wanted) else { throw .outOfMemory }
    }

    /// From now on blocks of memory as large as a picture go back to the system when they are freed. For programs that read
    /// pictures of many sizes, one after the other; it holds for the whole process.
    ///
    /// By default the GNU C library keeps ever larger ones for later, in more and more pieces: a batch grows with its length.
    /// Training asks for the same sizes again and again, and is better off with the default.
    public static func giveBackLargeBlocks() { codec_give_back_large_blocks(1 << 20) }

    /// From here on it is looked at what the machine and the container have left: they promise more than that.
    private static let large = 64 << 20

    private static func isThereRoom(for bytes: Int) -> Bool {
        #if os(Linux)
        if let left = number(after: "MemAvailable:", in: "/proc/meminfo").map({ $0 * 1024 }), left < bytes {
            return false
        }
        if let limit = number(in: "/sys/fs/cgroup/memory.max"),
            let used = number(in: "/sys/fs/cgroup/memory.current")
        {
            // Pages of files count as used and are given back when memory is short.
            let files = number(after: "inactive_file", in: "/sys/fs/cgroup/memory.stat") ?? 0
            return limit - used + files >= bytes
        }
        #endif
        return true
    }

    /// Returns the number that a file of the system begins with, or that follows `name` in it.
    private static func number(after name: String? = nil, in path: String) -> Int? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
                .map { String(decoding: $0, as: UTF8.self) }
            guard let name else { return words.first.flatMap { Int($0) } }
            if words.first == name, words.count > 1 { return Int(words[1]) }
        }
        return nil
    }
}
