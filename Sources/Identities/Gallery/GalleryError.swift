public enum GalleryError: Error, Hashable, Sendable {
    case invalidVector(String)
}
