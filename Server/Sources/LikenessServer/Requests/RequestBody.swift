import Foundation
import Hummingbird
import NIOCore

/// The bytes of a request's body, within limits of size and time.
enum RequestBody {
    /// Returns the whole body.
    static func bytes(of request: Request, _ limits: RequestPictures.Limits) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await read(request, limits) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Returns a body of JSON.
    ///
    /// - Throws: ``ServerError/invalidRequest(_:)`` if it can't be decoded.
    static func json<Value: Decodable>(_ type: Value.Type, of request: Request, needs fields: String) async throws
        -> Value
    {
        let bytes = try await bytes(of: request, RequestPictures.Limits(bytes: 1 << 16, seconds: 10))
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw ServerError.invalidRequest("the body is not JSON with \(fields)")
        }
    }

    /// Calls `body` with each piece, in order.
    ///
    /// - Throws: ``ServerError/bodyTooLarge(limit:)``, ``ServerError/bodyTooSlow(seconds:)``; errors of `body`.
    static func read(
        _ request: Request, _ limits: RequestPictures.Limits, _ body: (ByteBufferView) throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(limits.seconds)
        var count = 0
        var pieces = request.body.makeAsyncIterator()
        while let piece = try await pieces.next() {
            count += piece.readableBytes
            guard count <= limits.bytes else { throw ServerError.bodyTooLarge(limit: limits.bytes) }
            // A client that stops altogether is cut off by the server's limit for idle connections.
            guard clock.now <= end else { throw ServerError.bodyTooSlow(seconds: limits.seconds) }
            try body(piece.readableBytesView)
        }
    }
}
