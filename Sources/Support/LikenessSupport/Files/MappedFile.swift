import Foundation

/// A file's contents in memory, in one place for as long as anything refers to them.
///
/// `@unchecked Sendable`: the bytes are only read. If the file is replaced as a whole, the contents here stay.
package final class MappedFile: @unchecked Sendable {
    /// The contents, which exist as long as the object does.
    package let bytes: UnsafeRawBufferPointer

    /// Maps a file; `nil` if it can't be read, is empty, or is no regular file.
    package init?(_ path: SystemPath) {
        guard let opened = try? RegularFile(path), opened.size > 0,
            let start = mmap(nil, opened.size, PROT_READ, MAP_PRIVATE, opened.file.descriptor, 0), start != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: start, count: opened.size)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
