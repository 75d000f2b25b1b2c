import Hummingbird

/// Refuses callers who send too many requests.
struct RateMiddleware: RouterMiddleware {
    let limiter: RateLimiter?

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        // Probes of an operator's supervisor come often and cost nothing.
        if let limiter, !["/livez", "/readyz"].contains(request.uri.path) {
            let address = context.remoteAddress?.ipAddress ?? "-"
            try await limiter.take(for: context.caller.role == nil ? address : context.caller.id)
        }
        return try await next(request, context)
    }
}
