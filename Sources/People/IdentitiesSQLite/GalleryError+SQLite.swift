import Foundation
import GRDB
import Identities
import LikenessSupport

/// A row that can't be right, found where the store's path is not known.
struct StoreDamage: LikenessError {
    let reason: String

    var code: String { "store_damaged" }
    var category: ErrorCategory { .badData }
    var problem: String { "the store is damaged (\(reason))" }
    var remedy: String? { "restore it from a copy or an export" }
}

extension GalleryError {
    /// What a database's error means for whoever uses the store.
    init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "\(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path)
        case .SQLITE_FULL: self = .diskFull(path)
        case .SQLITE_READONLY: self = .readOnly(path)
        case .SQLITE_NOMEM: self = .outOfMemory("the store \(path)")
        case .SQLITE_NOTADB: self = .notAStore(path)
        case .SQLITE_CORRUPT: self = .damaged(path, reason: message)
        // A table or a column that should be there is not.
        case .SQLITE_ERROR where message.hasPrefix("no such"): self = .damaged(path, reason: message)
        // Shared memory is a file too.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .diskFull(path)
        default: self = .unavailable(path, reason: message)
        }
    }

    /// What any error of reading and changing a store means; `nil` for one that comes from elsewhere.
    init?(_ error: any Error, path: String) {
        switch error {
        case let error as GalleryError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case let error as StoreDamage: self = .damaged(path, reason: error.reason)
        // A row that holds something else than it should, such as text where a number belongs.
        case is RowDecodingError: self = .damaged(path, reason: "a row holds what it should not")
        case is DecodingError: self = .damaged(path, reason: "a row's notes can't be read")
        case let error as CocoaError: self = .unavailable(path, reason: Reason.text(of: error))
        default: return nil
        }
    }
}
