public import Logging

/// Face recognition for an app or a server: detect, embed, verify, identify, enroll and explain, with the installed
/// models, and galleries in a store.
///
/// A service finds the installation, and loads each network when it is first needed. It chooses the model, thresholds
/// and enrollment gate in the same way as the command `likeness`. It may be used from many tasks at once.
///
/// ```swift
/// import Likeness
///
/// let service = try await FaceService(store: SQLiteStore(at: URL(filePath: "people.sqlite")))
/// try await service.enroll("Ada Lovelace", from: .file(portrait), into: "staff")
/// for face in try await service.identify(.file(photo), in: "staff") {
///     print(face.answer.identification.person?.name ?? "unknown", face.observation.face.box)
/// }
/// ```
public struct FaceService: Sendable {
    /// The installation of the engine and the models.
    public let installation: Installation
    /// The networks to run, and how similarities become decisions.
    public let configuration: FaceServiceConfiguration
    /// The store of galleries; `nil` if the service has none.
    public let store: (any GalleryStore)?
    /// The logger of what the service does.
    public let logger: Logger
    private let networks: NetworkPool

    /// Creates a service with the engine and the models of an installation.
    ///
    /// - Parameters:
    ///   - installation: The folder with the engine and the models. If `nil`, it is located: if the environment
    ///     variable `LIKENESS_HOME` is set, only in the folder that it names; otherwise in the folder of the running
    ///     program and those above it, each with and without `.deps` (which finds the installation of a clone), then in
    ///     `~/.local/share/likeness`.
    ///   - configuration: The networks to run, and how similarities become decisions.
    ///   - store: The galleries, such as an `SQLiteStore`; `nil` if no galleries are used.
    ///   - logger: Receives what the service does: networks that are loaded (`debug`), pictures that were enrolled or
    ///     refused (`info`), and classifiers that are missing (`warning`). Messages name models, galleries and template
    ///     ids, but neither people nor pictures. By default, nothing is logged.
    /// - Throws: `RecognitionError.notInstalled` with every folder that was searched.
    public init(
        installation: Installation? = nil, configuration: FaceServiceConfiguration = FaceServiceConfiguration(),
        store: (any GalleryStore)? = nil, logger: Logger = .silent
    ) throws {
        self.installation = try installation ?? .locate()
        self.configuration = configuration
        self.store = store
        self.logger = logger
        networks = NetworkPool(installation: self.installation, limits: configuration.limits, logger: logger)
    }

    /// Finds the faces in a picture, without loading an embedding model.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: The faces that are wanted.
    /// - Returns: The faces, most confident first; empty if none are found.
    /// - Throws: `ImageError` if the source is not a picture; errors of the installation and of the engine.
    public func detect(
        _ picture: PictureSource, selecting selection: FaceSelection = .all
    ) async throws -> FoundFaces {
        try await finder(expecting: [picture], selecting: selection).faces(in: picture, selecting: selection)
    }

    /// Finds the faces in a picture and embeds them.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: The faces that are wanted.
    /// - Returns: The faces, most confident first; empty if none are found.
    /// - Throws: `ImageError` if the source is not a picture; errors of the installation and of the engine.
    public func embed(
        _ picture: PictureSource, selecting selection: FaceSelection = .all
    ) async throws -> Analysis {
        try await recognizer(expecting: [picture], selecting: selection).analyze(picture, selecting: selection)
    }

    /// Returns the networks that find faces, for processing many pictures. They are loaded at the first call.
    ///
    /// - Parameters:
    ///   - pictures: The first pictures, if known. The detector is compiled for their sizes while other networks load,
    ///     so that they are processed sooner.
    ///   - selection: The faces wanted in these pictures.
    public func finder(
        expecting pictures: [PictureSource] = [], selecting selection: FaceSelection = .all
    ) async throws -> FaceFinder {
        try await networks.finder(configuration.recognizer.finder, expecting: pictures, selecting: selection)
    }

    /// Returns the networks that find and embed faces, for processing many pictures. They are loaded at the first call.
    ///
    /// - Parameters:
    ///   - model: The embedding model; `nil` for the service's model.
    ///   - examines: Whether a second detector also looks at every face, to confirm that it is a face and upright. The
    ///     enrollment gate needs this. If `nil`, the service's configuration decides.
    ///   - pictures: The first pictures, if known. The detector is compiled for their sizes while other networks load,
    ///     so that they are processed sooner.
    ///   - selection: The faces wanted in these pictures.
    /// - Throws: `RecognitionError` if a model is missing or damaged.
    public func recognizer(
        model: String? = nil, examines: Bool? = nil, expecting pictures: [PictureSource] = [],
        selecting selection: FaceSelection = .all
    ) async throws -> Recognizer {
        var wanted = configuration.recognizer
        wanted.model = model ?? wanted.model ?? installation.defaultModel
        if let examines { wanted.finder.examinesFaces = examines }
        return try await networks.recognizer(wanted, expecting: pictures, selecting: selection)
    }

    /// Returns a gallery of the store. Its model is fixed.
    ///
    /// - Throws: ``FaceServiceError/noStore``; `GalleryError.noSuchGallery`.
    public func gallery(_ name: String) async throws -> Gallery {
        guard let store else { throw FaceServiceError.noStore }
        return try await store.gallery(name)
    }

    /// Returns the galleries of the store, sorted by name.
    ///
    /// - Throws: ``FaceServiceError/noStore``; `GalleryError`.
    public func galleries() async throws -> [GalleryInfo] {
        guard let store else { throw FaceServiceError.noStore }
        return try await store.galleries()
    }
}
