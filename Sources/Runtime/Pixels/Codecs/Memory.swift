import CCodecs

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Checks that enough memory is available before a large allocation.
///
/// A failed Swift array allocation ends the process. Large blocks are therefore requested here first, so that a memory
/// limit (`ulimit -v`, a container's, the machine's) becomes an error for one picture.
public enum Memory {
    /// The size, in bytes, below which nothing is checked.
    private static let small = 1 << 18
    /// The memory kept free for small allocations, in bytes.
    private static let reserve = 24 << 20

    /// Checks that `bytes` more can be allocated.
    ///
    /// - Throws: ``ImageError/outOfMemory``.
    public static func check(_ bytes: Int) throws(ImageError) {
        guard bytes >= small else { return }
        let (wanted, overflow) = bytes.addingReportingOverflow(reserve)
        // The system knows what the process may allocate. The mapped pages are not touched, so the check takes
        // microseconds. The compiler would remove a malloc that is only followed by free.
        guard !overflow else { throw .outOfMemory }
        let block = mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard block != MAP_FAILED else { throw .outOfMemory }
        munmap(block, wanted)
        guard bytes < large || isThereRoom(for: wanted) else { throw .outOfMemory }
    }

    /// Returns freed blocks of picture size to the system at once, for the whole process.
    ///
    /// Use it in programs that read many pictures of different sizes. By default the GNU C library keeps freed blocks,
    /// which fragments memory, so that a long batch grows. Training requests the same sizes repeatedly and works better
    /// with the default.
    public static func giveBackLargeBlocks() { codec_give_back_large_blocks(1 << 20) }

    /// The size, in bytes, from which the machine's and the container's free memory is checked: they promise more than
    /// they have.
    private static let large = 64 << 20

    private static func isThereRoom(for bytes: Int) -> Bool {
        #if os(Linux)
        if let left = number(after: "MemAvailable:", in: "/proc/meminfo").map({ $0 * 1024 }), left < bytes {
            return false
        }
        if let limit = number(in: "/sys/fs/cgroup/memory.max"),
            let used = number(in: "/sys/fs/cgroup/memory.current")
        {
            // Cached file pages count as used, but are freed when memory is short.
            let files = number(after: "inactive_file", in: "/sys/fs/cgroup/memory.stat") ?? 0
            return limit - used + files >= bytes
        }
        #endif
        return true
    }

    /// Returns the number at the start of a system file, or the number after `name` in it.
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
