import Foundation
import SystemPackage

/// What the system says of a file: its kind, size and times, and which file it is.
package struct FileStatus: Hashable, Sendable {
    /// What a name can stand for.
    package enum Kind: Sendable {
        case regular, folder, link, pipe, socket, device
    }

    /// What tells two files of a machine apart.
    package struct Identity: Hashable, Sendable {
        /// The number of the file system.
        package let device: UInt64
        /// The file's number in it.
        package let inode: UInt64
    }

    /// A moment, to the nanosecond.
    package struct Moment: Hashable, Sendable {
        /// The seconds since 1970.
        package let seconds: Int
        /// The nanoseconds after them.
        package let nanoseconds: Int
    }

    /// What kind of file it is.
    package let kind: Kind
    /// The length, in bytes.
    package let size: Int
    /// The bits that say who may do what, with the set-user, set-group and sticky bits.
    package let permissions: UInt16
    /// Which file it is: two names, or links, may lead to one file.
    package let identity: Identity
    /// The last change of the contents.
    package let modified: Moment
    /// The last change of the contents or of the file's entry, which no program can set.
    package let changed: Moment

    /// Whether it is a file with contents of its own, not a folder, pipe, socket or device.
    package var isRegular: Bool { kind == .regular }

    init(_ status: Stat) {
        kind =
            switch status.type {
            case .regular: .regular
            case .directory: .folder
            case .symbolicLink: .link
            case .fifo: .pipe
            case .socket: .socket
            default: .device
            }
        size = Int(status.size)
        permissions = UInt16(truncatingIfNeeded: status.rawValue.st_mode) & 0o7777
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.rawValue.st_dev), inode: UInt64(status.rawValue.st_ino))
        modified = Moment(seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
        changed = Moment(seconds: Int(status.st_ctim.tv_sec), nanoseconds: Int(status.st_ctim.tv_nsec))
    }
}
