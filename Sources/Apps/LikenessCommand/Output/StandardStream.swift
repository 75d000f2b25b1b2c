package import Foundation

/// The process's standard streams, used with system calls. Foundation's file handles would end the process if the
/// reader has gone away or the disk is full.
package enum StandardStream {
    /// Makes sure that the three streams are open.
    ///
    /// If a stream was closed before the start (`2>&-`), the next opened file would get its number, and messages would
    /// be written into that file. Therefore /dev/null is opened in its place, for the wrong direction, so that using
    /// the stream is an ordinary error.
    package static func openMissing() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // The system gives the lowest free number, and all lower ones are open by now.
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all of `data`.
    ///
    /// - Returns: Zero, or the system's error number.
    package static func write(_ data: Data, to descriptor: Int32) -> Int32 {
        data.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let put = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if put > 0 {
                    done += put
                } else if put < 0, errno == EAGAIN {
                    // Another process has made the stream non-blocking: wait until it can be written.
                    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&request, 1, 1000)
                } else if put == 0 || errno != EINTR {
                    return put == 0 ? EIO : errno
                }
            }
            return 0
        }
    }

    /// Writes to the standard error. A failure is ignored, because it can't be reported anywhere.
    package static func writeError(_ text: String) { _ = write(Data(text.utf8), to: STDERR_FILENO) }

    /// Writes to the standard output.
    ///
    /// - Throws: ``Failure/cannotWrite(_:reason:)`` if the system can't write.
    package static func writeOutput(_ text: String) throws {
        let failure = write(Data(text.utf8), to: STDOUT_FILENO)
        guard failure == 0 else { throw Failure.cannotWrite("the standard output", reason: systemReason(failure)) }
    }

    /// Reads the standard input to its end.
    ///
    /// - Parameter limit: The maximum number of bytes.
    /// - Returns: The bytes; `limit` + 1 bytes if the input is longer than `limit`.
    /// - Throws: ``Failure/cannotRead(_:reason:)`` if the system can't read.
    package static func readInput(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let step = 1 << 16
        var part = [UInt8](repeating: 0, count: step)
        while bytes.count <= limit {
            let got = Foundation.read(STDIN_FILENO, &part, min(step, limit - bytes.count + 1))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Failure.cannotRead("the standard input", reason: systemReason(errno)) }
            guard got > 0 else { break }
            bytes += part[..<got]
        }
        return bytes
    }
}

/// Returns the system's message for an error number, such as `Permission denied`.
package func systemReason(_ number: Int32) -> String { String(cString: strerror(number)) }
