import Faces

/// A detector that is loaded when it is first needed.
actor LazyDetector {
    /// The detector's name.
    nonisolated let name: String
    /// Distinguishes its results from those of other detectors.
    nonisolated let identity: String
    private let load: @Sendable () async throws -> any FaceDetector
    private var loading: Task<any FaceDetector, any Error>?

    /// Creates a detector that `load` loads.
    init(name: String, identity: String, load: @escaping @Sendable () async throws -> any FaceDetector) {
        (self.name, self.identity, self.load) = (name, identity, load)
    }

    /// Returns the detector, and loads it before if necessary. It is loaded once, also if many pictures need it at the
    /// same time or if the first of them is cancelled.
    ///
    /// - Throws: The error of loading.
    func detector() async throws -> any FaceDetector {
        if let loading { return try await loading.value }
        let task = Task { [load] in try await load() }
        loading = task
        return try await task.value
    }
}
