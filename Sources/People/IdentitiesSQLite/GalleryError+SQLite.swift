import Foundation
import GRDB
import Identities
import LikenessSupport

/// An invalid row, found by code that doesn't know the store's path.
struct StoreDamage: LikenessError {
    let reason: String

    var code: String { "store_damaged" }
    var category: ErrorCategory { .badData }
    var problem: String { "the store is damaged (\(reason))" }
    var remedy: String? { "restore it from a copy or an export" }
}

extension GalleryError {
    /// Converts a database error to one for users of the store.
    init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "\(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path)
        case .SQLITE_FULL: self = .diskFull(path)
        case .SQLITE_READONLY: self = .readOnly(path)
        case .SQLITE_NOMEM: self = .outOfMemory("the store \(path)")
        case .SQLITE_NOTADB: self = .notAStore(path)
        case .SQLITE_CORRUPT: self = .damaged(path, reason: message)
        // A required table or column is missing.
        case .SQLITE_ERROR where message.hasPrefix("no such"): self = .damaged(path, reason: message)
        // Shared memory is a file too.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull(path)
        default: self = .unavailable(path, reason: message)
        }
    }

    /// Converts an error of reading or changing a store; returns `nil` for an unrelated error.
    init?(_ error: any Error, path: String) {
        switch error {
        case let error as GalleryError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case let error as StoreDamage: self = .damaged(path, reason: error.reason)
        // A row holds a value of the wrong type, such as text instead of a number.
        case is RowDecodingError: self = .damaged(path, reason: "a row has a value of the wrong type")
        case is DecodingError: self = .damaged(path, reason: "a row's metadata or context can't be read")
        case let error as CocoaError: self = .unavailable(path, reason: Reason.text(of: error))
        default: return nil
        }
    }
}
