import Foundation
import SystemPackage

/// A file with contents of its own, open for reading.
///
/// Folders, pipes, devices and sockets are refused at once, because opening or reading them may never end.
package struct RegularFile: Sendable {
    /// The reason why a file is refused.
    package enum Refusal: LikenessError, Hashable {
        /// There is no such file.
        case missing
        /// It is of another kind.
        case kind(FileStatus.Kind)
        /// The system refuses.
        case system(SystemError)

        /// The reason in one clause.
        package var reason: String {
            switch self {
            case .missing: "there is no such file"
            case .kind(.folder): "it is a folder"
            case .kind(.pipe): "it is a pipe"
            case .kind(.socket): "it is a socket"
            case .kind: "it is a device"
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
            case .missing: ForeignError(number: ENOENT, problem: reason)
            case .kind: ForeignError(number: EINVAL, problem: reason)
            case .system(let error): ForeignError(number: error.number, problem: reason)
            }
        }
    }

    /// The open file.
    package let file: OpenFile
    /// The length when it was opened, in bytes; zero for a pipe.
    package let size: Int
    /// Whether it is a pipe that the process was started with.
    package let isPipe: Bool

    /// Opens a file without waiting.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - allowsHandedOver: Whether pipes are taken if the process was started with them, such as `/dev/stdin` or a
    ///     shell's `<(…)`.
    package init(_ path: SystemPath, allowsHandedOver: Bool = false) throws(Refusal) {
        let isHandedOver = Self.isHandedOver(path)
        // Opening may already have effects on a device, and fails in other words for a socket.
        if !isHandedOver, let kind = path.status?.kind, kind != .regular { throw .kind(kind) }
        let status: FileStatus
        do {
            // A pipe that has no writer would be waited for.
            file = try OpenFile(path, .readOnly, [.nonBlocking, FileDescriptor.OpenOptions(rawValue: O_NOCTTY)])
            status = try file.status()
        } catch {
            throw error.isMissing ? .missing : .system(error)
        }
        isPipe = status.kind == .pipe && isHandedOver && allowsHandedOver
        guard status.isRegular || isPipe else { throw .kind(status.kind) }
        size = isPipe ? 0 : status.size
    }

    /// Whether the process was started with the file at `path`, so that it is open already.
    package static func isHandedOver(_ path: SystemPath) -> Bool {
        let text = path.text
        return ["/dev/fd/", "/dev/stdin", "/proc/self/fd/"].contains { text.hasPrefix($0) }
    }
}
