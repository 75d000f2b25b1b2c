package import Foundation
import Synchronization
import SystemPackage

/// An open file, which is closed with the last reference to it. Calls that a signal interrupts are made again.
package final class OpenFile: Sendable {
    /// What a file is opened for.
    package enum Purpose: Sendable {
        /// To read what is there.
        case reading
        /// To write to what is there.
        case writing
        /// To read and write what is there.
        case updating
        /// To write a file that is not there yet, with these permissions less the process's mask.
        case creating(permissions: UInt16)
        /// To write a file that is emptied, or made.
        case replacing(permissions: UInt16)
        /// To read and write a file that is made if it is not there.
        case updatingOrCreating(permissions: UInt16)
    }

    private let number: Int32
    private let isOpen = Mutex(true)

    /// Opens a file. Programs that this process starts don't get it.
    package convenience init(_ path: SystemPath, for purpose: Purpose) throws(SystemError) {
        switch purpose {
        case .reading: try self.init(path, .readOnly)
        case .writing: try self.init(path, .writeOnly)
        case .updating: try self.init(path, .readWrite)
        case .creating(let permissions): try self.init(path, .writeOnly, [.create, .exclusiveCreate], permissions)
        case .replacing(let permissions): try self.init(path, .writeOnly, [.create, .truncate], permissions)
        case .updatingOrCreating(let permissions): try self.init(path, .readWrite, .create, permissions)
        }
    }

    init(
        _ path: SystemPath, _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions = [],
        _ permissions: UInt16? = nil
    ) throws(SystemError) {
        number = try SystemError.translating {
            try path.withCString {
                try FileDescriptor.open(
                    $0, mode, options: options.union(.closeOnExec),
                    permissions: permissions.map { FilePermissions(rawValue: CInterop.Mode($0)) })
            }.rawValue
        }
    }

    /// One of the process's standard streams, which is never closed.
    init(stream: FileDescriptor) { number = stream.rawValue }

    deinit { try? close() }

    /// The number by which the system and C libraries know the open file.
    package var descriptor: Int32 { number }

    private var file: FileDescriptor { FileDescriptor(rawValue: number) }

    /// Closes the file before the last reference is gone, and says if what was written could not be kept.
    package func close() throws(SystemError) {
        guard
            isOpen.withLock({ isOpen in
                defer { isOpen = false }
                return isOpen
            })
        else { return }
        try SystemError.translating { try file.close() }
    }

    /// What the system says of the file.
    package func status() throws(SystemError) -> FileStatus {
        do {
            return FileStatus(try Stat(file))
        } catch {
            throw SystemError(error)
        }
    }

    // MARK: Reading

    /// Reads the next bytes.
    ///
    /// - Returns: How many there were; zero at the end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        try SystemError.translating { try file.read(into: buffer) }
    }

    /// Reads the bytes from a place on, as many as there are and have room.
    ///
    /// - Returns: How many there were.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Int {
        var count = 0
        while count < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let part = try SystemError.translating {
                try file.read(fromAbsoluteOffset: Int64(offset + count), into: rest)
            }
            if part == 0 { break }
            count += part
        }
        return count
    }

    /// Returns at most so many bytes from a place on.
    package func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
        try SystemError.translating {
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = 0
                do throws(SystemError) {
                    filled = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
                } catch {
                    throw Errno(rawValue: error.number)
                }
            }
        }
    }

    /// Waits until there is something to read, or the end.
    ///
    /// - Returns: Whether that came within so many milliseconds.
    package func waitToRead(milliseconds: Int32) throws(SystemError) -> Bool {
        try wait(for: POLLIN, milliseconds)
    }

    // MARK: Writing

    /// Writes all of `bytes` behind what was written last.
    package func write(_ bytes: some ContiguousBytes) throws(SystemError) {
        try SystemError.translating {
            try bytes.withUnsafeBytes { buffer in
                var done = 0
                while done < buffer.count {
                    done += try put(UnsafeRawBufferPointer(rebasing: buffer[done...]))
                }
            }
        }
    }

    /// Writes some of `bytes`, which are not empty.
    private func put(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        do {
            let count = try file.write(bytes)
            guard count > 0 else { throw Errno.ioError }
            return count
        } catch Errno.resourceTemporarilyUnavailable {
            // Somebody else has made a stream non-blocking; it is waited for as if nobody had.
            _ = try? wait(for: POLLOUT, 1000)
            return 0
        }
    }

    /// Writes all of `bytes` at a place; several threads may do so at once.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemError) {
        try SystemError.translating {
            var done = 0
            while done < bytes.count {
                let count = try file.write(
                    toAbsoluteOffset: Int64(offset + done), UnsafeRawBufferPointer(rebasing: bytes[done...]))
                guard count > 0 else { throw Errno.ioError }
                done += count
            }
        }
    }

    /// Goes to the end.
    ///
    /// - Returns: The length, in bytes.
    @discardableResult
    package func seekToEnd() throws(SystemError) -> Int {
        Int(try SystemError.translating { try file.seek(offset: 0, from: .end) })
    }

    /// Shortens the file.
    package func truncate(to length: Int) throws(SystemError) {
        try SystemError.translating { try file.resize(to: Int64(length)) }
    }

    /// Waits until everything that was written is on the disk.
    package func synchronize() throws(SystemError) { try SystemError.checking { fsync(number) } }

    /// Changes who may do what with the file.
    package func setPermissions(_ permissions: UInt16) throws(SystemError) {
        try SystemError.checking { fchmod(number, mode_t(permissions)) }
    }

    // MARK: Locks

    /// Locks the file for as long as it is open, against others who lock it too.
    ///
    /// - Returns: `false` if somebody else has locked it.
    package func lock() throws(SystemError) -> Bool {
        do {
            try SystemError.checking { flock(number, LOCK_EX | LOCK_NB) }
            return true
        } catch {
            guard error.wouldWait else { throw error }
            return false
        }
    }

    private func wait(for events: Int32, _ milliseconds: Int32) throws(SystemError) -> Bool {
        var request = pollfd(fd: number, events: Int16(events), revents: 0)
        return try SystemError.checking { poll(&request, 1, milliseconds) } > 0
    }
}
