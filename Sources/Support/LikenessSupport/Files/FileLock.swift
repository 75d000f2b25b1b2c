import Foundation

/// A lock between processes: a file with the owner's process number, locked as long as this value exists and removed
/// afterward.
package final class FileLock: Sendable {
    /// The reason why a lock can't be taken.
    package enum Refusal: LikenessError, Hashable {
        /// Another process has the lock; the process's number, if it has written it yet.
        case held(by: Int32?)
        /// The system refuses.
        case system(SystemError)

        /// The reason in one clause.
        package var reason: String {
            switch self {
            case .held(let process): process.map { "process \($0) uses it" } ?? "another process uses it"
            case .system(let error): error.reason
            }
        }

        /// A stable name for programs.
        package var code: String { asForeignError.code }
        /// The category.
        package var category: ErrorCategory { asForeignError.category }
        /// The problem in one clause.
        package var problem: String { reason }
        /// The advice in one clause, or `nil` if there is none.
        package var remedy: String? { asForeignError.remedy }

        private var asForeignError: ForeignError {
            switch self {
            case .held: ForeignError(number: EBUSY, problem: reason)
            case .system(let error): ForeignError(number: error.number, problem: reason)
            }
        }
    }

    private let path: SystemPath
    private let file: OpenFile

    /// Takes the lock.
    package init(_ path: SystemPath) throws(Refusal) {
        self.path = path
        while true {
            let file = try Self.asking { () throws(SystemError) in
                try OpenFile(path, for: .updatingOrCreating(permissions: 0o666))
            }
            guard try Self.asking(file.lock) else { throw .held(by: Self.owner(in: file)) }
            // The previous owner may have removed the file between the two calls. This lock would then protect nothing.
            if let there = path.status?.identity, (try? file.status())?.identity == there {
                self.file = file
                break
            }
        }
        // The number only tells others who has the lock.
        try? file.truncate(to: 0)
        try? file.write(Array("\(getpid())\n".utf8))
    }

    private static func asking<Answer>(_ system: () throws(SystemError) -> Answer) throws(Refusal) -> Answer {
        do {
            return try system()
        } catch {
            throw .system(error)
        }
    }

    deinit { try? path.remove() }

    private static func owner(in file: OpenFile) -> Int32? {
        guard let bytes = try? file.bytes(at: 0, count: 32) else { return nil }
        return Int32(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
    }
}
