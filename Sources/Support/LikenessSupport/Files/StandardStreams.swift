import Foundation
import SystemPackage

extension OpenFile {
    /// The process's standard input.
    package static let standardInput = OpenFile(stream: .standardInput)
    /// The process's standard output.
    package static let standardOutput = OpenFile(stream: .standardOutput)
    /// The process's standard error.
    package static let standardError = OpenFile(stream: .standardError)

    /// Makes sure that the three streams are open.
    ///
    /// If one was closed before the start (`2>&-`), the next file that is opened would get its number, and messages would be
    /// written into that file. A stream that can be neither read nor written takes the place, so that using it is an
    /// ordinary error.
    package static func openMissingStreams() {
        let streams: [FileDescriptor] = [.standardInput, .standardOutput, .standardError]
        for stream in streams where fcntl(stream.rawValue, F_GETFD) < 0 {
            // The lowest number that is free is given, and those below are open by now. It stays open.
            _ = try? FileDescriptor.open("/dev/null", stream == .standardInput ? .writeOnly : .readOnly)
        }
    }
}
