import Foundation
import LikenessSupport

/// How many files the system lets the process have open.
enum OpenFiles {
    /// What a command needs beside those that are open already: pictures, networks, caches and stores, of several workers.
    private static let needed = 20

    /// Checks that enough files can be opened: threads that find none for themselves end the process. The limit is raised
    /// as far as it may be.
    ///
    /// - Throws: ``Failure/fewOpenFiles(limit:)``.
    static func check() throws {
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
