import Foundation
import HTTPTypes
import Hummingbird
import Likeness
public import LikenessRecords
import NIOCore

/// The body of every answer that is an error.
public struct ErrorEnvelope: Codable, Hashable, Sendable {
    /// The error.
    public var error: ErrorRecord
    /// The request's identifier, as in the header `X-Request-Id` and in the log.
    public var requestID: String

    /// Creates an envelope from its parts.
    public init(error: ErrorRecord, requestID: String) { (self.error, self.requestID) = (error, requestID) }
}

extension ErrorEnvelope {
    /// Returns the answer for an error.
    static func answer(to error: any Error, requestID: String) -> Response {
        let error = known(error)
        var headers: HTTPFields = [:]
        if let seconds = (error as? ServerError)?.retryAfter {
            headers[.retryAfter] = "\(seconds)"
        } else if HTTPResponse.Status.of(error) == .serviceUnavailable {
            headers[.retryAfter] = "5"
        }
        if [.noKey, .invalidKey].contains(error as? ServerError) { headers[.wwwAuthenticate] = "Bearer" }
        let envelope = ErrorEnvelope(error: ErrorRecord(error), requestID: requestID)
        return .json(envelope, status: .of(error), headers: headers)
    }

    /// Returns an error of this package for one of Hummingbird's.
    static func known(_ error: any Error) -> any LikenessError {
        if let error = error as? HTTPError {
            let reason = error.body ?? error.status.reasonPhrase
            switch error.status {
            case .contentTooLarge: return ServerError.invalidRequest("the body is too large")
            default: return ServerError.invalidRequest(reason.isEmpty ? "the request is wrong" : reason)
            }
        }
        // A caller need not know the names of the other galleries.
        if case .noSuchGallery(let name, _) = error as? GalleryError { return ServerError.noGallery(name) }
        return ForeignError.translating(error)
    }
}

extension Response {
    /// Returns an answer with a record as JSON.
    static func json(
        _ record: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        // Faces and names must not stay in caches.
        headers[.cacheControl] = "no-store"
        headers[.xContentTypeOptions] = "nosniff"
        do {
            let data = try JSONEncoder.likeness.encode(record)
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
        } catch {
            return Response(status: .internalServerError, headers: headers)
        }
    }
}
