import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Likeness
import LikenessSupport
import NIOCore

/// Answers a request that is repeated with the same `Idempotency-Key` by what was answered the first time, so that a
/// client that lost the answer can repeat an enrollment without a second template.
///
/// An answer is kept for a day. A request whose process was killed before the answer may have changed the gallery; it is
/// done again, and the gate recognizes a picture that is enrolled already.
struct AnsweredRequests: Sendable {
    private let database: ServerDatabase
    /// The process, so that requests that ended with another one are not waited for.
    private let process = UUID().uuidString

    private static let lifetime = 86_400.0
    static let header = HTTPField.Name("Idempotency-Key")

    init(_ database: ServerDatabase) { self.database = database }

    private enum Found {
        case new
        case answered(status: Int, body: Data)
        case other
        case running
    }

    /// Answers a request, or gives the kept answer.
    ///
    /// - Parameters:
    ///   - key: The idempotency key; 1 to 200 characters.
    ///   - caller: The caller, whose keys are independent of others' keys.
    ///   - content: What makes the request the same: its method, path and body.
    ///   - answer: Answers it. Only answers without an error of the server are kept.
    func answer(
        _ key: String, of caller: Caller, content: Data, _ answer: () async throws -> Response
    ) async throws -> Response {
        guard (1...200).contains(key.utf8.count) else {
            throw ServerError.invalidRequest("an idempotency key has 1 to 200 bytes")
        }
        let digest = try SHA256(of: content).bytes
        switch try await begin(key, caller, digest) {
        case .other: throw ServerError.otherRequest(key: key)
        case .running: throw ServerError.requestInProgress(key: key)
        case .answered(let status, let body):
            return Response(
                status: HTTPResponse.Status(code: status),
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        case .new: break
        }
        do {
            let response = try await answer()
            let body = try await Self.bytes(of: response)
            try await database.writing { database in
                try database.execute(
                    sql: "UPDATE answered SET status = ?, body = ? WHERE caller = ? AND key = ?",
                    arguments: [response.status.code, body, caller.id, key])
            }
            return Response(
                status: response.status, headers: response.headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        } catch {
            try await database.writing { database in
                try database.execute(
                    sql: "DELETE FROM answered WHERE caller = ? AND key = ? AND status IS NULL",
                    arguments: [caller.id, key])
            }
            throw error
        }
    }

    private func begin(_ key: String, _ caller: Caller, _ digest: Data) async throws -> Found {
        let (now, process) = (KeyStore.milliseconds(Date()), process)
        return try await database.writing { database in
            try database.execute(
                sql: "DELETE FROM answered WHERE created < ?", arguments: [now - Int64(Self.lifetime * 1000)])
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM answered WHERE caller = ? AND key = ?", arguments: [caller.id, key])
            if let row {
                guard row["request"] as Data? == digest else { return .other }
                if let status = row["status"] as Int?, let body = row["body"] as Data? {
                    return .answered(status: status, body: body)
                }
                if row["process"] as String? == process { return .running }
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO answered (caller, key, request, process, created) VALUES (?, ?, ?, ?, ?)",
                arguments: [caller.id, key, digest, process, now])
            return .new
        }
    }

    private static func bytes(of response: Response) async throws -> Data {
        let writer = Collector()
        try await response.body.write(writer)
        return writer.bytes
    }

    private final class Collector: ResponseBodyWriter {
        var bytes = Data()
        func write(_ buffer: ByteBuffer) async throws { bytes.append(contentsOf: buffer.readableBytesView) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
