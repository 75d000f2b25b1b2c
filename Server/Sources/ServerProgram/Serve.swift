import ArgumentParser
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Likeness
import LikenessServer
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

/// `likeness-server serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer requests until SIGTERM or Ctrl-C.",
        discussion: """
            GET /openapi.json describes all routes. Callers need a key; the first one, which may do everything, is made and \
            printed when the server starts for the first time. 'likeness-server keys' makes others. SIGTERM ends the \
            server when the requests that have begun are answered.
            """)

    @OptionGroup var places: Places

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 for any free one.") var port = 8080

    @Option(name: .customLong("tls-certificate"), help: ArgumentHelp("The certificates, in PEM.", valueName: "file"))
    var certificate: String?
    @Option(
        name: .customLong("tls-key"), help: ArgumentHelp("The certificate's private key, in PEM.", valueName: "file"))
    var privateKey: String?

    @Flag(help: "Allow an address other than loopback without TLS, because a proxy in front of the server has it.")
    var behindProxy = false
    @Flag(help: "Need no keys. Only on a loopback address; every program of this machine may then do everything.")
    var noKeys = false

    @Option(help: "The embedding model of new galleries and of requests without one.") var model: String?
    @Option(help: "The face detector.") var detector: String?
    @Option(help: "The requests with pictures that work at once.") var workers = ProcessInfo.processInfo
        .activeProcessorCount
    @Option(help: "The requests with pictures that may wait; the others get the status 503.") var waiting = 64
    @Option(help: "The largest body, in MiB.") var maxBody = 32
    @Option(help: "The requests per second of each key; 0 for no limit.") var rate = 50.0
    @Option(help: "The least level of the log on the standard error: debug, info, warning, error.")
    var logLevel = "info"

    private static let loopback = ["127.0.0.1", "::1", "localhost"]

    mutating func validate() throws {
        if !(0...65535).contains(port) { throw ValidationError("--port must be from 0 to 65535") }
        if (certificate == nil) != (privateKey == nil) {
            throw ValidationError("--tls-certificate and --tls-key must be used together")
        }
        let isLoopback = Self.loopback.contains(host)
        if noKeys, !isLoopback || behindProxy {
            throw ValidationError("--no-keys needs a loopback address and no proxy")
        }
        if !isLoopback, certificate == nil, !behindProxy {
            throw ValidationError(
                "at the address \(host), keys and faces would travel without encryption: give --tls-certificate and "
                    + "--tls-key, or --behind-proxy if a proxy encrypts them")
        }
        if !(1...1024).contains(workers) { throw ValidationError("--workers must be from 1 to 1024") }
        if !(0...100_000).contains(waiting) { throw ValidationError("--waiting must be from 0 to 100000") }
        if !(1...1024).contains(maxBody) { throw ValidationError("--max-body must be from 1 to 1024") }
        if !(rate >= 0 && rate <= 1e6) { throw ValidationError("--rate must be from 0 to 1000000") }
        if Logger.Level(rawValue: logLevel) == nil { throw ValidationError("--log-level '\(logLevel)' is unknown") }
    }

    func run() async throws {
        var logger = Logger(label: "likeness-server", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        var configuration = FaceServiceConfiguration()
        configuration.recognizer.model = model
        if let detector { configuration.recognizer.finder.detector = detector }
        configuration.recognizer.finder.examinesFaces = true
        let service = try FaceService(
            configuration: configuration, store: try await SQLiteStore(at: URL(filePath: places.store)))
        let builder = try builder()
        // Only when everything else is right is a key made and shown.
        let database = try ServerDatabase(at: places.database)
        let keys = noKeys ? nil : KeyStore(database)
        if let keys { try await makeFirstKey(keys) }
        var settings = ServerSettings()
        (settings.workers, settings.waiting, settings.bodyBytes) = (workers, waiting, maxBody << 20)
        settings.rate = rate > 0 ? rate : nil
        settings.burst = max(2 * rate, 1)
        let server = FaceServer(service, keys: keys, database: database, settings: settings, logger: logger)
        let application = Application(
            router: server.router, server: builder,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "likeness"),
            services: [Preparation(server: server, logger: logger)], logger: logger)
        do {
            try await application.runService()
        } catch let error as IOError {
            let reason = String(cString: strerror(error.errnoCode))
            throw ServerError.cannotListen("\(host):\(port)", reason: reason)
        } catch let error as SocketAddressError.UnknownHost {
            throw ServerError.cannotListen("\(error.host):\(port)", reason: "the host is unknown")
        }
    }

    /// HTTP with limits of headers and of idle connections, in TLS if there are certificates.
    private func builder() throws -> HTTPServerBuilder {
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(30),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: 8192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
        guard let certificate, let privateKey else { return http }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
            let key = try NIOSSLPrivateKey(file: privateKey, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            return try .tls(http, tlsConfiguration: tls)
        } catch {
            throw ServerError.invalidSetting("--tls-certificate or --tls-key", reason: "can't be used: \(error)")
        }
    }

    private func makeFirstKey(_ keys: KeyStore) async throws {
        guard try await keys.all().isEmpty else { return }
        let made = try await keys.create("first key", role: .admin)
        let text = """
            The first key, which may do everything. It is not shown again:

              \(made.secret)

            """
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}

/// Compiles the networks while the server already answers `/livez`, and says in `/readyz` when it ends.
private struct Preparation: Service {
    let server: FaceServer
    let logger: Logger

    func run() async throws {
        try await server.prepare()
        logger.info("ready")
        try? await gracefulShutdown()
        server.end()
    }
}
