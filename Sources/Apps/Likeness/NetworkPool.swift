import Logging

/// The networks loaded by a service. Each is loaded once, even if several tasks request it at the same time.
actor NetworkPool {
    private let installation: Installation
    private let limits: DecodingLimits
    private let logger: Logger
    private var finders: [FaceFinderConfiguration: Task<FaceFinder, any Error>] = [:]
    private var recognizers: [RecognizerConfiguration: Task<Recognizer, any Error>] = [:]

    init(installation: Installation, limits: DecodingLimits, logger: Logger) {
        self.installation = installation
        self.limits = limits
        self.logger = logger
    }

    func finder(
        _ configuration: FaceFinderConfiguration, expecting pictures: [PictureSource],
        selecting selection: FaceSelection
    ) async throws -> FaceFinder {
        let loading =
            finders[configuration]
            ?? Task { [installation, limits, logger] in
                try await FaceFinder(
                    installation: installation, configuration: configuration, limits: limits, expecting: pictures,
                    selecting: selection, logger: logger)
            }
        finders[configuration] = loading
        do {
            return try await loading.value
        } catch {
            // Loading failed; the next call tries again, because what was missing may have been installed.
            finders[configuration] = nil
            throw error
        }
    }

    func recognizer(
        _ configuration: RecognizerConfiguration, expecting pictures: [PictureSource],
        selecting selection: FaceSelection
    ) async throws -> Recognizer {
        let loading = recognizers[configuration] ?? load(configuration, expecting: pictures, selecting: selection)
        recognizers[configuration] = loading
        do {
            return try await loading.value
        } catch {
            recognizers[configuration] = nil
            finders[configuration.finder] = nil
            throw error
        }
    }

    private func load(
        _ configuration: RecognizerConfiguration, expecting pictures: [PictureSource],
        selecting selection: FaceSelection
    ) -> Task<Recognizer, any Error> {
        if let finder = finders[configuration.finder] {
            return Task { [installation, logger] in
                async let embedder = installation.embedder(configuration, logger: logger)
                return try await Recognizer(finder: finder.value, embedder: embedder)
            }
        }
        // Loads both concurrently, with one engine.
        let loading = Task { [installation, limits, logger] in
            try await Recognizer(
                installation: installation, configuration: configuration, limits: limits, expecting: pictures,
                selecting: selection, logger: logger)
        }
        finders[configuration.finder] = Task { try await loading.value.finder }
        return loading
    }
}
