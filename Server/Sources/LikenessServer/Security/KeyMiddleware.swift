import HTTPTypes
import Hummingbird

/// Finds out who sends a request. Routes then check what the caller may do.
struct KeyMiddleware: RouterMiddleware {
    /// The keys; `nil` if the server needs none.
    let keys: KeyStore?

    private static let header = HTTPField.Name("X-API-Key")

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let keys {
            if let text = Self.key(of: request) { context.caller = try await keys.caller(of: text) }
        } else {
            try Self.checkOrigin(request)
            context.caller = .local
        }
        return try await next(request, context)
    }

    private static func key(of request: Request) -> String? {
        if let value = request.headers[.authorization] {
            let parts = value.split(separator: " ")
            return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : value
        }
        return header.flatMap { request.headers[$0] }
    }

    /// A server without keys trusts every program of its machine, but not the pages that a browser shows there: another
    /// site's page would have an origin, and a name that leads here would be no loopback name.
    private static func checkOrigin(_ request: Request) throws(ServerError) {
        let host = request.head.authority ?? ""
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        guard ["localhost", "127.0.0.1", "[::1]", ""].contains(String(name).lowercased()) else {
            throw .forbidden(needed: "a server without keys answers to loopback names only, not to '\(name)'")
        }
        guard let origin = request.headers[.origin] else { return }
        guard origin == "http://\(host)" || origin == "https://\(host)" else {
            throw .forbidden(needed: "a server without keys does not answer the pages of other sites")
        }
    }
}
