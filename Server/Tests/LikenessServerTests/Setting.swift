import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Likeness
import Logging
import NIOCore
import Testing

@testable import LikenessServer

/// A server for tests, with the networks of the clone, in a folder of its own.
struct Setting {
    let folder: URL
    let server: FaceServer
    let keys: KeyStore

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let installation: Installation? = try? Installation(root: root.appending(path: ".deps"))
    static var isSetUp: Bool { installation != nil }
    static let needsSetUp: Comment = "needs the installation of scripts/setup"

    static func portrait(_ name: String) throws -> ByteBuffer {
        ByteBuffer(bytes: try Data(contentsOf: root.appending(path: ".deps/portraits/\(name)")))
    }

    init(needsKeys: Bool = true, _ change: (inout ServerSettings) -> Void = { _ in }) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try ServerDatabase(at: folder.appending(path: "server.sqlite"))
        keys = KeyStore(database)
        var configuration = FaceServiceConfiguration()
        configuration.recognizer.model = "sface"
        configuration.recognizer.finder.examinesFaces = true
        var settings = ServerSettings()
        settings.rate = nil
        change(&settings)
        server = FaceServer(
            try FaceService(
                installation: Self.installation, configuration: configuration,
                store: try await SQLiteStore(at: folder.appending(path: "people.sqlite"))),
            keys: needsKeys ? keys : nil, database: database, settings: settings,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    func test<Value>(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await Application(
            router: server.router, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ).test(.live, body)
    }

    func key(_ role: Role, gallery: String? = nil) async throws -> HTTPFields {
        [.authorization: "Bearer \(try await keys.create("test", role: role, gallery: gallery).secret)"]
    }
}

extension TestResponse {
    /// The body as an object of JSON.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))) as? [String: Any] ?? [:]
    }
    /// The code of an error.
    var code: String? { (object["error"] as? [String: Any])?["code"] as? String }
}
