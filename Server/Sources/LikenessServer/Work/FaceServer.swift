public import Hummingbird
public import Likeness
public import Logging
import NIOCore
import Synchronization

/// Face recognition over HTTP: the routes, and what they need.
///
/// ```swift
/// let service = try FaceService(store: SQLiteStore(at: file))
/// let server = FaceServer(service, keys: KeyStore(try ServerDatabase(at: keys)), settings: ServerSettings())
/// let application = Application(router: server.router, configuration: .init(address: .hostname("127.0.0.1", port: 8080)))
/// try await server.prepare()            // then /readyz says yes
/// try await application.runService()
/// ```
public final class FaceServer: Sendable {
    let service: FaceService
    let keys: KeyStore?
    let requests: AnsweredRequests?
    let settings: ServerSettings
    let queue: WorkQueue
    let limiter: RateLimiter?
    let logger: Logger
    /// The numbers of ``/metrics``.
    public let metrics = PrometheusMetrics()
    private let stage = Mutex(Stage.starting)

    enum Stage: String {
        case starting, ready, ending
    }

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - service: The networks and the galleries.
    ///   - keys: The keys; `nil` if every caller may do everything, which only a loopback address should allow.
    ///   - database: The file for idempotency keys; `nil` if requests with them are refused.
    ///   - settings: The limits.
    ///   - logger: For requests. It gets no faces, embeddings, names and keys.
    public init(
        _ service: FaceService, keys: KeyStore?, database: ServerDatabase? = nil,
        settings: ServerSettings = ServerSettings(), logger: Logger = Logger(label: "likeness-server")
    ) {
        (self.service, self.keys, self.settings, self.logger) = (service, keys, settings, logger)
        requests = database.map { AnsweredRequests($0) }
        queue = WorkQueue(working: settings.workers, waiting: settings.waiting)
        limiter = settings.rate.map { RateLimiter(rate: $0, burst: settings.burst) }
    }

    var currentStage: Stage { stage.withLock { $0 } }

    /// Loads and compiles the networks, so that the first request does not wait for them.
    ///
    /// - Throws: Errors of the engine, and of missing models.
    public func prepare() async throws {
        _ = try await service.recognizer()
        stage.withLock { if $0 == .starting { $0 = .ready } }
    }

    /// Says in `/readyz` that no more requests are wanted. Requests that have begun are answered.
    public func end() { stage.withLock { $0 = .ending } }

    /// All routes.
    public var router: Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.add(middleware: ObservationMiddleware(metrics: metrics))
        router.add(middleware: KeyMiddleware(keys: keys))
        router.add(middleware: RateMiddleware(limiter: limiter))
        HealthRoutes(self).add(to: router)
        PictureRoutes(self).add(to: router.group("v1"))
        GalleryRoutes(self).add(to: router.group("v1/galleries"))
        PeopleRoutes(self).add(to: router.group("v1/galleries/:gallery"))
        return router
    }

    /// Runs work on pictures when it is its turn.
    func working<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        if currentStage == .ending { throw ServerError.ending }
        return try await queue.run(body)
    }
}

/// The limits of a server.
public struct ServerSettings: Sendable, Hashable {
    /// The requests with pictures that work at once; at least 1.
    public var workers = 2
    /// The requests with pictures that may wait; the others get 503.
    public var waiting = 64
    /// The most bytes of a body.
    public var bodyBytes = 32 << 20
    /// The longest time for a body to arrive, in seconds.
    public var bodySeconds = 30
    /// The requests per second of each key, or of each address without one; `nil` for no limit.
    public var rate: Double? = 50
    /// The requests at once within ``rate``.
    public var burst = 100.0

    /// Creates the default limits.
    public init() {}

    var body: RequestPictures.Limits { RequestPictures.Limits(bytes: bodyBytes, seconds: bodySeconds) }
}
