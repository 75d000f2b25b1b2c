import Foundation
import LikenessSupport

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
        var opened: [OpenFile] = []
        while opened.count < needed {
            do throws(SystemError) {
                opened.append(try OpenFile(SystemPath("/dev/null"), for: .reading))
            } catch {
                guard error.hasTooManyOpenFiles else { return }
                throw Failure.fewOpenFiles(limit: Int(clamping: limit.rlim_cur))
            }
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
