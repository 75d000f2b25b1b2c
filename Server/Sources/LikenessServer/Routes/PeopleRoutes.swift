import Foundation
import HTTPTypes
import Hummingbird
import Likeness
import LikenessRecords
import LikenessSupport

/// The people of a gallery: enroll, list, change, remove, identify.
struct PeopleRoutes {
    private let server: FaceServer

    init(_ server: FaceServer) { self.server = server }

    func add(to group: RouterGroup<ServerContext>) {
        group.get("people", use: list)
        group.get("people/:person", use: show)
        group.patch("people/:person", use: change)
        group.delete("people/:person", use: remove)
        group.post("people/:person/merge", use: merge)
        group.post("faces", use: enroll)
        group.delete("faces/:face", use: removeFace)
        group.post("identify", use: identify)
    }

    private struct PersonList: Codable {
        var people: [PersonRecord]
        /// Where the next page begins; absent after the last one.
        var next: String?
    }

    private struct Change: Decodable {
        var name: String?
        var metadata: [String: String]?
    }

    private struct Target: Decodable {
        var into: String
    }

    private struct Enrolled: Codable {
        var enrolled: Int
        var faces: [EnrollmentRecord]
    }

    private struct Identified: Codable {
        var gallery: String
        var model: String
        var pictures: [PictureRecord]
    }

    // MARK: People

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "limit", "cursor", "name")
        let gallery = try await server.gallery(context, .read)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        var people: [Person]
        if let name = query["name"] {
            people = try await gallery.people(named: name)
        } else {
            people = try await gallery.people()
        }
        if let cursor = try query["cursor"].map(Cursor.init) {
            people = people.filter { cursor < Cursor(name: $0.name, id: $0.id) }
        }
        let page = people.prefix(limit)
        let next = people.count > limit ? page.last.map { Cursor(name: $0.name, id: $0.id).text } : nil
        return .json(PersonList(people: page.map { PersonRecord($0) }, next: next))
    }

    private func show(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .read)
        return try Self.answer(try await gallery.person(try context.parameter("person")))
    }

    private static func answer(_ person: Person) throws -> Response {
        .json(PersonRecord(person), headers: [.eTag: try tag(person)])
    }

    private static func tag(_ person: Person) throws -> String {
        let data = try JSONEncoder.likeness.encode(PersonRecord(person))
        return "\"\(try SHA256(of: data).hexadecimal.prefix(16))\""
    }

    /// Checks the header `If-Match`.
    private static func check(_ request: Request, _ person: Person) throws {
        guard let wanted = request.headers[.ifMatch], wanted != "*" else { return }
        let current = try tag(person)
        guard wanted.split(separator: ",").contains(where: { $0.trimmingCharacters(in: .whitespaces) == current })
        else {
            throw ServerError.changed(current: current)
        }
    }

    private func change(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .enroll)
        let person = try await gallery.person(try context.parameter("person"))
        let change = try await RequestBody.json(Change.self, of: request, needs: "'name' or 'metadata'")
        guard change.name != nil || change.metadata != nil else {
            throw ServerError.invalidRequest("the body has neither 'name' nor 'metadata'")
        }
        try Self.check(request, person)
        if let name = change.name { try await gallery.rename(person.id, to: name) }
        if let metadata = change.metadata { try await gallery.setMetadata(metadata, of: person.id) }
        return try Self.answer(try await gallery.person(person.id))
    }

    private func remove(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .enroll)
        let person = try await gallery.person(try context.parameter("person"))
        try Self.check(request, person)
        try await gallery.remove(person.id)
        return Response(status: .noContent)
    }

    private func merge(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .enroll)
        let person = try await gallery.person(try context.parameter("person"))
        let target = try await RequestBody.json(Target.self, of: request, needs: "'into', a person's id")
        let other = try await gallery.person(target.into)
        guard other.id != person.id else { throw ServerError.invalidRequest("a person can't be merged with itself") }
        try Self.check(request, person)
        try await gallery.merge(person.id, into: other.id)
        return try Self.answer(try await gallery.person(other.id))
    }

    // MARK: Faces

    private func enroll(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "person", "id", "model", "gate", "face")
        let name = GalleryName.normalized(try context.parameter("gallery"))
        try context.caller.require(.enroll, in: name)
        // A gallery is made with the first face, which only who may make galleries should cause.
        if context.caller.role != .admin { _ = try await server.service.gallery(name) }
        let person = try query.text("person")
        var options = EnrollmentOptions()
        (options.id, options.model) = (query["id"], query["model"])
        options.gate = try query.choice("gate", EnrollmentPolicy.Mode.allCases) ?? .standard
        options.face = try query.choice("face", [FaceSelection.center, .largest])
        let pictures = try await RequestPictures(request, 1...RequestPictures.Limits.pictures, server.settings.body)
        guard let key = AnsweredRequests.header.flatMap({ request.headers[$0] }) else {
            return try await enroll(person, pictures.sources, name, options)
        }
        guard let requests = server.requests else {
            throw ServerError.invalidRequest("this server has no database for idempotency keys")
        }
        let content = Data("\(request.method) \(request.uri)\n".utf8) + pictures.content
        return try await requests.answer(key, of: context.caller, content: content) {
            try await enroll(person, pictures.sources, name, options)
        }
    }

    /// Enrolls pictures one by one. One that is refused does not stop the others, and the answer says why.
    private func enroll(
        _ person: String, _ pictures: [PictureSource], _ gallery: String, _ options: EnrollmentOptions
    ) async throws -> Response {
        let enrollment = try await server.service.enrollment(of: person, into: gallery, options: options)
        var answer = Enrolled(enrolled: 0, faces: [])
        for picture in pictures {
            try await server.working {
                do {
                    let analysis = try await enrollment.recognizer.analyze(picture)
                    answer.faces.append(try await Self.record(of: picture, analysis, enrollment))
                    answer.enrolled += 1
                } catch let error where Self.concernsThePicture(error) {
                    answer.faces.append(EnrollmentRecord(image: picture.name, error: error))
                }
            }
        }
        let status: HTTPResponse.Status =
            answer.enrolled == pictures.count ? .created : answer.enrolled > 0 ? .ok : .unprocessableContent
        return .json(answer, status: status)
    }

    private static func record(
        of picture: PictureSource, _ analysis: Analysis, _ enrollment: GalleryEnrollment
    ) async throws -> EnrollmentRecord {
        var record = EnrollmentRecord(
            image: picture.name, try await enrollment.enroll(analysis, of: picture.name))
        record.quality = enrollment.face(of: analysis)?.context.quality
        record.remarks = RemarkRecord.all(analysis.remarks)
        return record
    }

    private static func concernsThePicture(_ error: any Error) -> Bool {
        !(error is ServerError) && ForeignError.translating(error).category == .badData
    }

    private func removeFace(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try Query(request)
        let gallery = try await server.gallery(context, .enroll)
        let text = try context.parameter("face")
        guard let id = Int64(text) else { throw ServerError.invalidRequest("a face's id is a whole number") }
        try await gallery.removeTemplate(id)
        return Response(status: .noContent)
    }

    private func identify(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = try Query(request, "face", "fmr", "fpir", "threshold")
        let gallery = try await server.gallery(context, .read)
        let selection = try query.choice("face", FaceSelection.allCases) ?? .all
        let policy = try query.policy()
        let pictures = try await RequestPictures(request, 1...RequestPictures.Limits.pictures, server.settings.body)
        let search = try await server.service.search(in: gallery.info.name, by: policy, selecting: selection)
        var answer = Identified(
            gallery: gallery.info.name, model: gallery.model.description, pictures: [])
        for picture in pictures.sources {
            do {
                let result = try await server.working { try await search.identify(picture, selecting: selection) }
                var record = PictureRecord(
                    image: picture.name, analysis: result.analysis, recognizer: search.recognizer)
                for (index, face) in result.faces.enumerated() {
                    record.faces?[index].embedding = nil
                    record.faces?[index].identification = IdentificationRecord(
                        face.answer, threshold: search.rule.threshold)
                }
                answer.pictures.append(record)
            } catch let error where pictures.sources.count > 1 && Self.concernsThePicture(error) {
                answer.pictures.append(PictureRecord(image: picture.name, error: error))
            }
        }
        return .json(answer)
    }
}

/// The place of a person in a list by name and id, as an opaque text.
struct Cursor: Comparable, Codable {
    var name: String
    var id: String

    init(name: String, id: String) { (self.name, self.id) = (name, id) }

    /// Reads a cursor that a client sends back.
    init(_ text: String) throws(ServerError) {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/")
        guard let data = Data(base64Encoded: padded + String(repeating: "=", count: (4 - padded.utf8.count % 4) % 4)),
            let cursor = try? JSONDecoder().decode(Cursor.self, from: data)
        else { throw .invalidRequest("the cursor is not one that this server gave") }
        self = cursor
    }

    /// The text, for a query.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = (try? encoder.encode(self)) ?? Data()
        return data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func < (a: Cursor, b: Cursor) -> Bool {
        // SQLite orders texts by their bytes.
        let names = (Array(a.name.utf8), Array(b.name.utf8))
        return names.0 == names.1 ? a.id < b.id : names.0.lexicographicallyPrecedes(names.1)
    }
}
