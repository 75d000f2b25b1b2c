import Foundation
import HTTPTypes
import Hummingbird
import Likeness
import LikenessRecords

/// Routes that need no gallery: detect, embed, verify, and the models.
struct PictureRoutes {
    private let server: FaceServer

    init(_ server: FaceServer) { self.server = server }

    func add(to group: RouterGroup<ServerContext>) {
        group.get("models", use: models)
        group.get("models/:model", use: model)
        group.post("detect", use: detect)
        group.post("embeddings", use: embed)
        group.post("verify", use: verify)
    }

    private func models(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.read)
        return .json(ModelList(models: try server.service.installation.models().map { ModelRecord($0) }))
    }

    private func model(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        try context.caller.require(.read)
        let name = try context.parameter("model")
        guard let model = try server.service.installation.models().first(where: { $0.name == name }) else {
            throw ServerError.noRoute("to a model called '\(name)'")
        }
        return .json(ModelRecord(model))
    }

    private func detect(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "face")
        try context.caller.require(.read)
        let selection = try query.choice("face", FaceSelection.allCases) ?? .all
        let pictures = try await RequestPictures(request, 1...RequestPictures.Limits.pictures, server.settings.body)
        return .json(
            try await records(of: pictures.sources) { picture in
                let finder = try await server.service.finder(expecting: [picture], selecting: selection)
                let found = try await finder.faces(in: picture, selecting: selection)
                return PictureRecord(image: picture.name, found: found, finder: finder)
            })
    }

    private func embed(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "face", "model")
        try context.caller.require(.read)
        let selection = try query.choice("face", FaceSelection.allCases) ?? .all
        let model = query["model"]
        let pictures = try await RequestPictures(request, 1...RequestPictures.Limits.pictures, server.settings.body)
        return .json(
            try await records(of: pictures.sources) { picture in
                let recognizer = try await server.service.recognizer(
                    model: model, expecting: [picture], selecting: selection)
                let analysis = try await recognizer.analyze(picture, selecting: selection)
                return PictureRecord(image: picture.name, analysis: analysis, recognizer: recognizer)
            })
    }

    /// Returns one record for each picture. A picture that fails is an error of its own, unless it is the only one.
    private func records(
        of pictures: [PictureSource], _ record: (PictureSource) async throws -> PictureRecord
    ) async throws -> PictureList {
        var list = PictureList(pictures: [])
        for picture in pictures {
            do {
                list.pictures.append(try await server.working { try await record(picture) })
            } catch let error where pictures.count > 1 && !(error is ServerError) && !(error is CancellationError) {
                list.pictures.append(PictureRecord(image: picture.name, error: error))
            }
        }
        return list
    }

    private func verify(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "face", "fmr", "threshold", "fpir")
        try context.caller.require(.read)
        let selection = try query.choice("face", [FaceSelection.center, .largest]) ?? .center
        let policy = try query.policy()
        let pictures = try await RequestPictures(request, 2...2, server.settings.body).sources
        return .json(
            VerificationRecord(
                try await server.working {
                    try await server.service.verify(pictures[0], pictures[1], selecting: selection, by: policy)
                }))
    }
}

/// The installed models.
struct ModelList: Codable, Hashable {
    var models: [ModelRecord]
}

/// The pictures of a request.
struct PictureList: Codable, Hashable {
    var pictures: [PictureRecord]
}

extension ServerContext {
    /// Returns a part of the path, decoded.
    func parameter(_ name: String) throws -> String {
        let text = try parameters.require(name)
        guard let decoded = text.removingPercentEncoding, !decoded.isEmpty else {
            throw ServerError.invalidRequest("the path has a part that is not UTF-8")
        }
        return decoded
    }
}
