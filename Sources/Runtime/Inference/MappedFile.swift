import Foundation

/// The contents of a file, mapped into memory.
///
/// `@unchecked Sendable`: the bytes are only read. If the file is replaced as a whole, the mapping keeps the old
/// contents.
final class MappedFile: @unchecked Sendable {
    /// The contents, valid as long as the object exists.
    let bytes: UnsafeRawBufferPointer

    /// Maps the file at `url`; `nil` if it can't be read or is empty.
    init?(_ url: URL) {
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        let length = Int(status.st_size)
        guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            return nil
        }
        bytes = UnsafeRawBufferPointer(start: start, count: length)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
