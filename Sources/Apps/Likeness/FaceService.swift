/// Face recognition for an app or a server: detect, embed, verify, identify, enroll and explain, with the installed
/// models, and galleries in a store.
///
/// A service finds the installation, loads each network when it is first needed, and chooses model, thresholds and gate
/// as the command `likeness` does. It may be used from many tasks at once.
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
    /// The engine and the models.
    public let installation: Installation
    /// The networks that run, and how similarities become decisions.
    public let configuration: FaceServiceConfiguration
    /// The galleries; `nil` if the service has none.
    public let store: (any GalleryStore)?
    private let networks: NetworkPool

    /// A service with the engine and the models of an installation.
    ///
    /// - Parameters:
    ///   - installation: The folder with the engine and the models. `nil` looks for it: in the folder that the environment
    ///     variable `LIKENESS_HOME` names, and nowhere else if it is set; else in the folders above the running program,
    ///     each with and without `.deps`, which finds that of a clone; else in `~/.local/share/likeness`.
    ///   - configuration: The networks to run, and how similarities become decisions.
    ///   - store: The galleries, such as an `SQLiteStore`; `nil` if only pictures are looked at.
    /// - Throws: `RecognitionError.notInstalled` with every folder that was tried and what to do.
    public init(
        installation: Installation? = nil, configuration: FaceServiceConfiguration = FaceServiceConfiguration(),
        store: (any GalleryStore)? = nil
    ) throws {
        self.installation = try installation ?? .locate()
        self.configuration = configuration
        self.store = store
        networks = NetworkPool(installation: self.installation, limits: configuration.limits)
    }

    /// Finds the faces of a picture. No embedding model is loaded.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: Which of its faces are wanted.
    /// - Returns: The most confident face first; none if there is no face.
    /// - Throws: `ImageError` if it is no picture; errors of the installation and of the engine.
    public func detect(
        _ picture: PictureSource, selecting selection: FaceSelection = .all
    ) async throws -> FoundFaces {
        try await finder(expecting: [picture], selecting: selection).faces(in: picture, selecting: selection)
    }

    /// Finds the faces of a picture and embeds them.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - selection: Which of its faces are wanted.
    /// - Returns: The most confident face first; none if there is no face.
    /// - Throws: `ImageError` if it is no picture; errors of the installation and of the engine.
    public func embed(
        _ picture: PictureSource, selecting selection: FaceSelection = .all
    ) async throws -> Analysis {
        try await recognizer(expecting: [picture], selecting: selection).analyze(picture, selecting: selection)
    }

    /// The networks that find faces, for work on many pictures; loaded at the first call.
    ///
    /// - Parameters:
    ///   - pictures: The first pictures, if they are known: the detector is made ready for their sizes.
    ///   - selection: Which of their faces are wanted.
    public func finder(
        expecting pictures: [PictureSource] = [], selecting selection: FaceSelection = .all
    ) async throws -> FaceFinder {
        try await networks.finder(configuration.recognizer.finder, expecting: pictures, selecting: selection)
    }

    /// The networks that find and embed faces, for work on many pictures; loaded at the first call.
    ///
    /// - Parameters:
    ///   - model: The embedding model; `nil` for the service's.
    ///   - examines: Whether every face is examined a second time, as the gate for enrollment needs it; `nil` as the
    ///     service's configuration says.
    ///   - pictures: The first pictures, if they are known: the detector is made ready for their sizes.
    ///   - selection: Which of their faces are wanted.
    /// - Throws: `RecognitionError` if a model is missing or damaged.
    public func recognizer(
        model: String? = nil, examines: Bool? = nil, expecting pictures: [PictureSource] = [],
        selecting selection: FaceSelection = .all
    ) async throws -> Recognizer {
        var wanted = configuration.recognizer
        if let model { wanted.model = model }
        if let examines { wanted.finder.examinesFaces = examines }
        return try await networks.recognizer(wanted, expecting: pictures, selecting: selection)
    }

    /// A gallery of the store; it opens with the model that it pins.
    ///
    /// - Throws: ``FaceServiceError/noStore``; `GalleryError.noSuchGallery`.
    public func gallery(_ name: String) async throws -> Gallery {
        guard let store else { throw FaceServiceError.noStore }
        return try await store.gallery(name)
    }

    /// The galleries of the store, by name; none if there is no store.
    ///
    /// - Throws: `GalleryError`.
    public func galleries() async throws -> [GalleryInfo] { try await store?.galleries() ?? [] }
}
