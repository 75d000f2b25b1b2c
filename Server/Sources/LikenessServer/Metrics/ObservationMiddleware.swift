import HTTPTypes
import Hummingbird
import Likeness
import Logging
import Metrics

/// Gives every request an identifier, counts and times it, logs it without faces, names and keys, and turns every error
/// into an envelope.
struct ObservationMiddleware: RouterMiddleware {
    /// The numbers.
    let metrics: PrometheusMetrics

    static let requestID = HTTPField.Name("X-Request-Id")

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        var response: Response
        var code: String?
        do {
            response = try await next(request, context)
        } catch {
            // An error from a route that does not exist has no path.
            let error: any Error =
                (error as? HTTPError)?.status == .notFound
                ? ServerError.noRoute("\(request.method) \(request.uri.path)") : error
            code = ErrorEnvelope.known(error).code
            response = ErrorEnvelope.answer(to: error, requestID: context.requestID)
        }
        if let name = Self.requestID { response.headers[name] = context.requestID }
        let elapsed = start.duration(to: clock.now)
        // The path as it was declared: it has no names of galleries and people.
        let route = context.endpointPath ?? "none"
        let labels = [("route", route), ("method", request.method.rawValue), ("status", "\(response.status.code)")]
        Counter(label: "likeness_requests_total", dimensions: labels, factory: metrics).increment()
        Timer(label: "likeness_request_seconds", dimensions: [("route", route)], factory: metrics)
            .recordNanoseconds(Int64(elapsed / .nanoseconds(1)))
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)",
                "ms": "\(Int(elapsed / .milliseconds(1)))", "code": "\(code ?? "-")", "id": "\(context.requestID)",
            ])
        return response
    }
}
