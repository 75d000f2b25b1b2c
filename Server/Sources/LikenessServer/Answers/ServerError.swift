public import HTTPTypes
public import Likeness

/// An error that only the server has: a request that can't be answered, whatever the pictures show.
///
/// Codes never change. ``status`` is the HTTP status; errors of other modules get theirs from their category.
public enum ServerError: LikenessError, Hashable {
    /// There is no route with this method and path.
    case noRoute(String)
    /// There is no gallery of this name. Unlike the store's error, it does not list the others.
    case noGallery(String)
    /// A field of the query or of the body is missing or wrong.
    case invalidRequest(String)
    /// The body has a type that the route does not take.
    case unsupportedBody(String)
    /// The body has more bytes than allowed.
    case bodyTooLarge(limit: Int)
    /// The body did not arrive in time.
    case bodyTooSlow(seconds: Int)
    /// The request has no key.
    case noKey
    /// The key is unknown, has expired or was revoked.
    case invalidKey
    /// The key may not do this.
    case forbidden(needed: String)
    /// The caller sent too many requests.
    case tooManyRequests(retryAfter: Int)
    /// All places in the queue are taken.
    case overloaded(retryAfter: Int)
    /// The server is ending.
    case ending
    /// An idempotency key was used with another request.
    case otherRequest(key: String)
    /// A request with the same idempotency key has not ended.
    case requestInProgress(key: String)
    /// The resource has changed since the client read it.
    case changed(current: String)
    /// There is no file of keys.
    case noDatabase(String)
    /// The server can't listen at an address.
    case cannotListen(String, reason: String)
    /// The server's own database can't be used.
    case databaseFailed(String)
    /// A key's name, role, gallery or lifetime is wrong.
    case invalidKeyRequest(String)
    /// A setting is wrong.
    case invalidSetting(String, reason: String)

    /// A stable name for programs.
    public var code: String {
        switch self {
        case .noRoute: "no_such_route"
        case .noGallery: "no_such_gallery"
        case .invalidRequest: "invalid_request"
        case .unsupportedBody: "unsupported_body"
        case .bodyTooLarge: "body_too_large"
        case .bodyTooSlow: "body_too_slow"
        case .noKey: "key_missing"
        case .invalidKey: "key_invalid"
        case .forbidden: "forbidden"
        case .tooManyRequests: "too_many_requests"
        case .overloaded: "overloaded"
        case .ending: "server_ending"
        case .otherRequest: "idempotency_key_reused"
        case .requestInProgress: "request_in_progress"
        case .changed: "changed_meanwhile"
        case .noDatabase: "file_not_found"
        case .cannotListen: "cannot_listen"
        case .databaseFailed: "server_database_failed"
        case .invalidKeyRequest: "invalid_key_request"
        case .invalidSetting: "invalid_setting"
        }
    }

    /// The category of each case.
    public var category: ErrorCategory {
        switch self {
        case .noRoute, .noGallery, .noDatabase: .noInput
        case .overloaded, .ending, .tooManyRequests: .unavailable
        case .databaseFailed, .cannotListen, .bodyTooSlow: .inputOutput
        default: .usage
        }
    }

    /// The HTTP status.
    public var status: HTTPResponse.Status {
        switch self {
        case .noRoute, .noGallery: .notFound
        case .invalidRequest, .invalidKeyRequest, .invalidSetting: .badRequest
        case .unsupportedBody: .unsupportedMediaType
        case .bodyTooLarge: .contentTooLarge
        case .bodyTooSlow: .requestTimeout
        case .noKey, .invalidKey: .unauthorized
        case .forbidden: .forbidden
        case .tooManyRequests: .tooManyRequests
        case .overloaded, .ending: .serviceUnavailable
        case .otherRequest: .unprocessableContent
        case .requestInProgress: .conflict
        case .changed: .preconditionFailed
        case .noDatabase, .cannotListen, .databaseFailed: .internalServerError
        }
    }

    /// The seconds after which the request may be repeated; `nil` if that is not known.
    public var retryAfter: Int? {
        switch self {
        case .tooManyRequests(let seconds), .overloaded(let seconds): seconds
        case .ending, .requestInProgress: 5
        default: nil
        }
    }

    /// The problem in one clause.
    public var problem: String {
        switch self {
        case .noRoute(let route): "there is no route \(route)"
        case .noGallery(let name): "there is no gallery '\(name)'"
        case .invalidRequest(let reason): reason
        case .unsupportedBody(let type): "this route does not take a body of type '\(type)'"
        case .bodyTooLarge(let limit): "the body has more than \(limit) bytes"
        case .bodyTooSlow(let seconds): "the body did not arrive within \(seconds) seconds"
        case .noKey: "the request has no key"
        case .invalidKey: "the key is unknown, has expired or was revoked"
        case .forbidden(let needed): "the key does not allow this: \(needed)"
        case .tooManyRequests(let seconds): "there were too many requests; the next is possible in \(seconds) s"
        case .overloaded: "too many requests are waiting"
        case .ending: "the server is ending"
        case .otherRequest(let key): "the idempotency key '\(key)' was used for another request"
        case .requestInProgress(let key): "a request with the idempotency key '\(key)' has not ended"
        case .changed(let current): "it has changed: the current version is \(current)"
        case .noDatabase(let path): "there is no file of keys at \(path)"
        case .cannotListen(let address, let reason): "the server can't listen at \(address): \(reason)"
        case .databaseFailed(let reason): "the server's database can't be used: \(reason)"
        case .invalidKeyRequest(let reason): reason
        case .invalidSetting(let name, let reason): "\(name) \(reason)"
        }
    }

    /// The advice in one clause, or `nil` if there is none.
    public var remedy: String? {
        switch self {
        case .noRoute: "GET /openapi.json lists all routes"
        case .unsupportedBody:
            "send the picture itself (image/jpeg or application/octet-stream), JSON with base64, or multipart/form-data"
        case .bodyTooLarge: "send a smaller picture, or raise the limit (--max-body)"
        case .noKey: "send the header 'Authorization: Bearer KEY'; 'likeness-server keys create' makes keys"
        case .invalidKey: "ask the operator for a new key"
        case .noDatabase: "name the store of a server that has run, or its file with --data"
        case .cannotListen: "choose another --host or --port, or end the program that uses it"
        case .overloaded, .ending: "repeat the request later"
        case .otherRequest: "use a new idempotency key for each request"
        case .changed: "read it again, and repeat the change"
        default: nil
        }
    }
}

extension HTTPResponse.Status {
    /// Returns the status of any error.
    ///
    /// Most follow from the category. Conflicts, sizes and formats have statuses of their own.
    static func of(_ error: any LikenessError) -> HTTPResponse.Status {
        if let error = error as? ServerError { return error.status }
        switch error.code {
        case "gallery_exists", "person_exists", "model_mismatch", "other_model_pinned", "ambiguous_name":
            return .conflict
        case "file_too_large", "image_too_large", "memory_limit", "too_many_scans": return .contentTooLarge
        case "not_an_image", "unsupported_image_format": return .unsupportedMediaType
        case "store_busy", "not_scrubbed": return .serviceUnavailable
        case "unknown_model", "unknown_detector": return .badRequest
        case "disk_full": return HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        default: break
        }
        switch error.category {
        case .usage: return .badRequest
        case .badData: return .unprocessableContent
        case .noInput: return .notFound
        case .unavailable, .system, .interrupted: return .serviceUnavailable
        case .inputOutput: return .internalServerError
        }
    }
}
