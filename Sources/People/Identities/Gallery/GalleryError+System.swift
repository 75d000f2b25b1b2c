package import LikenessSupport

extension GalleryError {
    /// The error that the file at `path` can't be written, as the system says it.
    package init(_ error: SystemError, writing path: String) {
        self = error.isDiskFull ? .diskFull(path) : .unavailable(path, reason: error.reason)
    }
}
