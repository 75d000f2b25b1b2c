import Foundation
import HTTPTypes
import Hummingbird
import Likeness
import Metrics
import NIOCore

/// Whether the server lives and is ready, its numbers, and its description.
struct HealthRoutes {
    private let server: FaceServer

    init(_ server: FaceServer) { self.server = server }

    private struct Health: Encodable {
        var status: String
    }

    func add(to router: Router<ServerContext>) {
        router.get("livez") { _, _ in Response.json(Health(status: "alive")) }
        router.get("readyz") { [server] _, _ in
            let stage = server.currentStage
            return Response.json(
                Health(status: stage.rawValue), status: stage == .ready ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { [server] request, context in
            _ = try Query(request)
            try context.caller.require(.read)
            let load = await server.queue.load
            for (name, value) in [("working", load.active), ("waiting", load.waiting)] {
                Meter(label: "likeness_requests_\(name)", factory: server.metrics).set(value)
            }
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: server.metrics.text)))
        }
        router.get("openapi.json") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try OpenAPI.document())))
        }
    }
}
