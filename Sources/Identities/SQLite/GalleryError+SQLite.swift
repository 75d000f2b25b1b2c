import GRDB

extension GalleryError {
    /// What a database's error means for whoever uses the store.
    init(_ error: DatabaseError, path: String) {
        let message = error.message ?? "\(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path)
        case .SQLITE_FULL: self = .diskFull(path)
        case .SQLITE_NOTADB: self = .notAStore(path)
        case .SQLITE_CORRUPT: self = .damaged(path, reason: message)
        default: self = .unavailable(path, reason: message)
        }
    }
}
