import Foundation

/// The system's limit on open files.
package enum OpenFiles {
    /// The number of files that a command must be able to open: pictures, networks, caches and stores of several
    /// workers.
    private static let needed = 20

    /// Raises the limit as far as the system allows, up to 1024, and checks that enough files can be opened.
    ///
    /// A thread that can't open its own file would end the process.
    ///
    /// - Throws: ``Failure/fewOpenFiles(limit:)`` if the limit is too low.
    package static func check() throws {
        var limit = rlimit()
        if getrlimit(Resource.openFiles, &limit) == 0, limit.rlim_cur < min(limit.rlim_max, 1024) {
            limit.rlim_cur = min(limit.rlim_max, 1024)
            setrlimit(Resource.openFiles, &limit)
        }
        var opened: [Int32] = []
        defer { for number in opened { close(number) } }
        while opened.count < needed {
            let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard number >= 0 else {
                guard errno == EMFILE || errno == ENFILE else { return }
                throw Failure.fewOpenFiles(limit: Int(clamping: limit.rlim_cur))
            }
            opened.append(number)
        }
    }

    private enum Resource {
        #if canImport(Glibc)
        static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        static let openFiles = RLIMIT_NOFILE
        #endif
    }
}
