import Foundation
import HTTPTypes
import Hummingbird
import Likeness
import LikenessRecords

/// The galleries themselves.
struct GalleryRoutes {
    private let server: FaceServer

    init(_ server: FaceServer) { self.server = server }

    func add(to group: RouterGroup<ServerContext>) {
        group.get(use: list)
        group.post(use: create)
        group.get(":gallery", use: show)
        group.patch(":gallery", use: rename)
        group.delete(":gallery", use: remove)
    }

    private struct GalleryList: Codable {
        var galleries: [GalleryRecord]
    }

    private struct NewGallery: Decodable {
        var name: String
        var model: String?
    }

    private struct NewName: Decodable {
        var name: String
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.read)
        var records: [GalleryRecord] = []
        for info in try await server.service.galleries() where [nil, info.name].contains(context.caller.gallery) {
            guard let size = try? await server.service.gallery(info.name).size() else { continue }
            records.append(GalleryRecord(info, size: size))
        }
        return .json(GalleryList(galleries: records))
    }

    private func create(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.admin)
        let wanted = try await RequestBody.json(NewGallery.self, of: request, needs: "'name' and, if wanted, 'model'")
        let name = try GalleryName.checked(wanted.name, of: "the gallery's name")
        guard let store = server.service.store else { throw FaceServiceError.noStore }
        let card = try server.service.installation.card(
            wanted.model ?? server.service.configuration.recognizer.model
                ?? server.service.installation.defaultModel, for: .embedding)
        guard let dimension = card.dimension else { throw FaceServiceError.noDimension(model: card.name) }
        let gallery = try await store.createGallery(name, model: card.identity, dimension: dimension)
        return .json(GalleryRecord(gallery.info, size: try await gallery.size()), status: .created)
    }

    private func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .read)
        return .json(GalleryRecord(gallery.info, size: try await gallery.size()))
    }

    private func rename(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.admin)
        let gallery = try await server.gallery(context, .admin)
        let wanted = try await RequestBody.json(NewName.self, of: request, needs: "'name'")
        let name = try GalleryName.checked(wanted.name, of: "the gallery's name")
        guard let store = server.service.store else { throw FaceServiceError.noStore }
        try await store.renameGallery(gallery.info.name, to: name)
        let renamed = try await server.service.gallery(name)
        return .json(GalleryRecord(renamed.info, size: try await renamed.size()))
    }

    private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.admin)
        let gallery = try await server.gallery(context, .admin)
        guard let store = server.service.store else { throw FaceServiceError.noStore }
        try await store.removeGallery(gallery.info.name)
        return Response(status: .noContent)
    }
}

extension FaceServer {
    /// Returns the gallery of the path, if the caller has the role in it.
    func gallery(_ context: ServerContext, _ role: Role) async throws -> Gallery {
        let name = GalleryName.normalized(try context.parameter("gallery"))
        try context.caller.require(role, in: name)
        return try await service.gallery(name)
    }
}
