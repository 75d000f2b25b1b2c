import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Likeness
import NIOCore
import Testing

@testable import LikenessServer

@Suite("Routes", .serialized, .enabled(if: Setting.isSetUp, Setting.needsSetUp))
struct RouteTests {
    /// A route of the document, with an example of its path.
    private struct Route: Hashable {
        var method: String
        var path: String
        var role: String?
        var example: String {
            path.replacing("{gallery}", with: "staff").replacing("{person}", with: "nobody").replacing(
                "{face}", with: "7"
            )
            .replacing("{model}", with: "sface")
        }
    }

    private func documented() throws -> [Route] {
        let document = try JSONSerialization.jsonObject(with: OpenAPI.document()) as? [String: Any]
        let paths = try #require(document?["paths"] as? [String: [String: [String: Any]]])
        return paths.flatMap { path, methods in
            methods.map { method, operation in
                let text = operation["description"] as? String ?? ""
                let role = Role.allCases.first { text == "Needs the role \($0)." }
                return Route(method: method.uppercased(), path: path, role: role?.rawValue)
            }
        }.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    }

    @Test func theDocumentListsAllRoutes() async throws {
        let setting = try await Setting()
        let real = Set(
            setting.server.router.routes.map { route in
                let path = "\(route.path)".split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                return "\(route.method) /\(path.joined(separator: "/"))"
            })
        #expect(Set(try documented().map { "\($0.method) \($0.path)" }) == real)
    }

    @Test func everyRouteAsksForItsKey() async throws {
        let setting = try await Setting()
        let routes = try documented()
        let (read, other) = (try await setting.key(.read), try await setting.key(.enroll, gallery: "other"))
        let revoked = try await setting.keys.create("revoked", role: .admin)
        try await setting.keys.revoke(revoked.key.id)
        let ended = try await setting.keys.create("ended", role: .admin, days: 1e-9)
        try await setting.test { client in
            for route in routes {
                func status(_ headers: HTTPFields) async throws -> (Int, String?) {
                    let method = try #require(HTTPRequest.Method(route.method))
                    let answer = try await client.executeRequest(
                        uri: route.example, method: method, headers: headers, body: ByteBuffer(string: "x"))
                    let identifier = try #require(HTTPField.Name("X-Request-Id"))
                    #expect(answer.headers[identifier] != nil)
                    return (answer.status.code, answer.code)
                }
                guard let role = route.role.flatMap(Role.init(rawValue:)) else {
                    let open = try await status([:])
                    #expect([200, 503].contains(open.0), "\(route)")
                    continue
                }
                let without = try await status([:])
                #expect(without == (401, "key_missing"), "\(route)")
                for wrong in ["Bearer x", "Bearer \(revoked.secret)", "Bearer \(ended.secret)", "Basic YTpi", "Bearer"]
                {
                    let refused = try await status([.authorization: wrong])
                    #expect(refused == (401, "key_invalid"), "\(route) \(wrong)")
                }
                let (withRead, withOther) = (try await status(read), try await status(other))
                if role > .read { #expect(withRead == (403, "forbidden"), "\(route)") }
                if route.path.contains("{gallery}") { #expect(withOther == (403, "forbidden"), "\(route)") }
                let allowed = try await status(try await setting.key(.admin))
                #expect(![401, 403, 500].contains(allowed.0), "\(route) \(allowed)")
            }
        }
    }

    @Test func peopleAreEnrolledFoundAndRemoved() async throws {
        let setting = try await Setting()
        try await setting.server.prepare()
        let key = try await setting.key(.admin)
        let jpeg = key.merging([.contentType: "image/jpeg"])
        try await setting.test { client in
            let ready = try await client.executeRequest(uri: "/readyz", method: .get, headers: [:], body: nil)
            #expect(ready.status == .ok)
            let made = try await client.executeRequest(
                uri: "/v1/galleries/staff/faces?person=Barack%20Obama", method: .post, headers: jpeg,
                body: try Setting.portrait("obama.jpg"))
            #expect(made.status == .created && made.object["enrolled"] as? Int == 1, "\(made.object)")
            // The same picture again is refused, and the answer says why.
            let again = try await client.executeRequest(
                uri: "/v1/galleries/staff/faces?person=Barack%20Obama", method: .post, headers: jpeg,
                body: try Setting.portrait("obama.jpg"))
            #expect(again.status == .unprocessableContent, "\(again.object)")
            #expect(((again.object["faces"] as? [[String: Any]])?.first?["issues"] as? [Any])?.isEmpty == false)

            let found = try await client.executeRequest(
                uri: "/v1/galleries/staff/identify", method: .post, headers: jpeg,
                body: try Setting.portrait("obama2.jpg"))
            let pictures = try #require(found.object["pictures"] as? [[String: Any]])
            let faces = try #require(pictures.first?["faces"] as? [[String: Any]])
            let identity = faces.first?["identity"] as? [String: Any]
            #expect(identity?["name"] as? String == "Barack Obama" && faces.first?["embedding"] == nil)
            let stranger = try await client.executeRequest(
                uri: "/v1/galleries/staff/identify?fmr=1e-4", method: .post, headers: jpeg,
                body: try Setting.portrait("biden.jpg"))
            let unknown = (stranger.object["pictures"] as? [[String: Any]])?.first?["faces"] as? [[String: Any]]
            #expect(unknown?.first?["identity"] is NSNull)

            let id = try #require(identity?["id"] as? String)
            let person = try await client.executeRequest(
                uri: "/v1/galleries/staff/people/\(id)", method: .get, headers: key, body: nil)
            let tag = try #require(person.headers[.eTag])
            let json = key.merging([.contentType: "application/json", .ifMatch: tag])
            let renamed = try await client.executeRequest(
                uri: "/v1/galleries/staff/people/\(id)", method: .patch, headers: json,
                body: ByteBuffer(string: #"{"name": "B. O.", "metadata": {"team": "oval"}}"#))
            #expect(renamed.status == .ok && renamed.object["name"] as? String == "B. O.")
            let late = try await client.executeRequest(
                uri: "/v1/galleries/staff/people/\(id)", method: .delete, headers: json, body: nil)
            #expect(late.status == .preconditionFailed && late.code == "changed_meanwhile")
            let removed = try await client.executeRequest(
                uri: "/v1/galleries/staff/people/\(id)", method: .delete, headers: key, body: nil)
            #expect(removed.status == .noContent)
            let gone = try await client.executeRequest(
                uri: "/v1/galleries/staff/people/\(id)", method: .get, headers: key, body: nil)
            #expect(gone.status == .notFound && gone.code == "no_such_person")
        }
    }

    @Test func twoPicturesAreComparedInEveryForm() async throws {
        let setting = try await Setting()
        let key = try await setting.key(.read)
        let one = Data(try Setting.portrait("obama.jpg").readableBytesView)
        let other = Data(try Setting.portrait("obama2.jpg").readableBytesView)
        var form = Data()
        for (name, bytes) in [("a", one), ("b", other)] {
            form += Data(
                "--xx\r\nContent-Disposition: form-data; name=\"image\"; filename=\"\(name).jpg\"\r\n\r\n".utf8)
            form += bytes + Data("\r\n".utf8)
        }
        form += Data("--xx--\r\n".utf8)
        let json = try JSONSerialization.data(withJSONObject: [
            "images": [one.base64EncodedString(), "data:image/jpeg;base64," + other.base64EncodedString()]
        ])
        try await setting.test { [form] client in
            for (type, body) in [("application/json", json), ("multipart/form-data; boundary=xx", form)] {
                let answer = try await client.executeRequest(
                    uri: "/v1/verify", method: .post, headers: key.merging([.contentType: type]),
                    body: ByteBuffer(bytes: body))
                #expect(answer.status == .ok, "\(answer.object)")
                #expect(answer.object["match"] as? Bool == true)
                #expect((answer.object["model"] as? String)?.hasPrefix("sface") == true)
            }
        }
    }

    @Test func aRepeatedRequestGetsItsFirstAnswer() async throws {
        let setting = try await Setting()
        let key = try await setting.key(.admin)
        let token = try #require(HTTPField.Name("Idempotency-Key"))
        let headers = key.merging([.contentType: "image/jpeg", token: "request 1"])
        try await setting.test { client in
            func enroll(_ name: String, _ picture: String) async throws -> TestResponse {
                try await client.executeRequest(
                    uri: "/v1/galleries/staff/faces?person=\(name)", method: .post, headers: headers,
                    body: try Setting.portrait(picture))
            }
            let first = try await enroll("Ada", "obama.jpg"), second = try await enroll("Ada", "obama.jpg")
            #expect(first.status == .created && second.status == .created)
            #expect(first.body == second.body)
            let other = try await enroll("Ada", "biden.jpg")
            #expect(other.status == .unprocessableContent && other.code == "idempotency_key_reused")
            let gallery = try await client.executeRequest(
                uri: "/v1/galleries/staff", method: .get, headers: key, body: nil)
            #expect(gallery.object["templates"] as? Int == 1)
        }
    }

    @Test func peopleAreListedPageByPage() async throws {
        let setting = try await Setting()
        let store = try #require(setting.server.service.store)
        let card = try setting.server.service.installation.card("sface", for: .embedding)
        let gallery = try await store.openOrCreateGallery("staff", model: card.identity, dimension: 128)
        let names = (0..<25).map { "Person \($0 % 7) é" }
        for (index, name) in names.enumerated() {
            var values = [Float](repeating: 0, count: 128)
            values[index] = 1
            try await gallery.enroll(name, Embedding(normalizing: values, model: card.identity), id: "id\(index)")
        }
        let key = try await setting.key(.read, gallery: "staff")
        try await setting.test { client in
            for limit in [1, 4, 24, 25, 26] {
                var seen: [String] = [], cursor = ""
                repeat {
                    let page = try await client.executeRequest(
                        uri: "/v1/galleries/staff/people?limit=\(limit)" + (cursor.isEmpty ? "" : "&cursor=\(cursor)"),
                        method: .get, headers: key, body: nil)
                    let people = try #require(page.object["people"] as? [[String: Any]])
                    #expect(people.count <= limit)
                    seen += people.compactMap { $0["id"] as? String }
                    cursor = page.object["next"] as? String ?? ""
                } while !cursor.isEmpty
                #expect(seen.count == 25 && Set(seen).count == 25, "\(limit)")
            }
            let wrong = try await client.executeRequest(
                uri: "/v1/galleries/staff/people?cursor=abc", method: .get, headers: key, body: nil)
            #expect(wrong.status == .badRequest && wrong.code == "invalid_request")
        }
    }

    /// What is wrong with a request, and the status and code of the answer.
    @Test func wrongRequestsGetTheirStatus() async throws {
        let setting = try await Setting { $0.bodyBytes = 300_000 }
        let key = try await setting.key(.admin)
        let small = try Setting.portrait("obama.jpg")
        let cases: [(String, HTTPRequest.Method, String, ByteBuffer, Int, String)] = [
            ("/v1/nothing", .get, "", ByteBuffer(), 404, "no_such_route"),
            ("/v1/detect", .get, "", ByteBuffer(), 404, "no_such_route"),
            ("/v1/detect?fase=all", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/detect?face=some", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/detect?face=all&face=all", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/detect", .post, "image/jpeg", ByteBuffer(), 400, "invalid_request"),
            ("/v1/detect", .post, "image/jpeg", ByteBuffer(string: "no picture"), 415, "not_an_image"),
            ("/v1/detect", .post, "text/html", small, 415, "unsupported_body"),
            ("/v1/detect", .post, "image/jpeg", ByteBuffer(repeating: 1, count: 300_001), 413, "body_too_large"),
            ("/v1/detect", .post, "application/json", ByteBuffer(string: "{"), 400, "invalid_request"),
            ("/v1/detect", .post, "application/json", ByteBuffer(string: #"{"image": "§"}"#), 400, "invalid_request"),
            ("/v1/detect", .post, "application/json", ByteBuffer(string: #"{"image": 5}"#), 400, "invalid_request"),
            ("/v1/detect", .post, "multipart/form-data", small, 400, "invalid_request"),
            ("/v1/detect", .post, "multipart/form-data; boundary=x", small, 400, "invalid_request"),
            ("/v1/verify", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/embeddings?model=none", .post, "image/jpeg", small, 400, "unknown_model"),
            ("/v1/models/none", .get, "", ByteBuffer(), 404, "no_such_route"),
            ("/v1/galleries/none", .get, "", ByteBuffer(), 404, "no_such_gallery"),
            ("/v1/galleries/none/identify", .post, "image/jpeg", small, 404, "no_such_gallery"),
            ("/v1/galleries/%FF", .get, "", ByteBuffer(), 400, "invalid_request"),
            ("/v1/galleries", .post, "application/json", ByteBuffer(string: "[]"), 400, "invalid_request"),
            ("/v1/galleries", .post, "application/json", ByteBuffer(string: #"{"name": " "}"#), 422, "invalid_name"),
            ("/v1/galleries/a/faces", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/galleries/a/faces?person=p&gate=lax", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/galleries/a/identify?fmr=2", .post, "image/jpeg", small, 400, "invalid_request"),
            ("/v1/verify?fmr=0.1&threshold=0.1", .post, "image/jpeg", small, 400, "invalid_request"),
        ]
        try await setting.test { client in
            _ = try await client.executeRequest(
                uri: "/v1/galleries", method: .post, headers: key, body: ByteBuffer(string: #"{"name": "a"}"#))
            for (uri, method, type, body, status, code) in cases {
                let answer = try await client.executeRequest(
                    uri: uri, method: method, headers: type.isEmpty ? key : key.merging([.contentType: type]),
                    body: body)
                #expect(answer.status.code == status && answer.code == code, "\(uri) \(type): \(answer.object)")
            }
            let unknown = try await client.executeRequest(
                uri: "/v1/galleries/none", method: .get, headers: key, body: nil)
            #expect(!String(buffer: unknown.body).contains("'a'"), "the names of others are not told")
            let twice = try await client.executeRequest(
                uri: "/v1/galleries", method: .post, headers: key, body: ByteBuffer(string: #"{"name": "a"}"#))
            #expect(twice.status == .conflict && twice.code == "gallery_exists")
            let metrics = try await client.executeRequest(uri: "/metrics", method: .get, headers: key, body: nil)
            #expect(
                String(buffer: metrics.body).contains(
                    #"likeness_requests_total{method="POST",route="/v1/detect",status="415"}"#))
        }
    }

    @Test func aServerWithoutKeysIsForThisMachineOnly() async throws {
        let setting = try await Setting(needsKeys: false)
        try await setting.test { client in
            func status(_ headers: HTTPFields) async throws -> Int {
                try await client.executeRequest(uri: "/v1/galleries", method: .get, headers: headers, body: nil).status
                    .code
            }
            let statuses = [
                try await status([:]), try await status([.origin: "https://evil.example"]),
                try await status([.origin: "null"]),
            ]
            #expect(statuses == [200, 403, 403])
        }
    }

    @Test func whoSendsTooMuchWaits() async throws {
        let setting = try await Setting {
            $0.rate = 0.01
            $0.burst = 3
        }
        let key = try await setting.key(.read)
        try await setting.test { client in
            var answers: [TestResponse] = []
            for _ in 0..<4 {
                answers.append(
                    try await client.executeRequest(uri: "/v1/galleries", method: .get, headers: key, body: nil))
            }
            #expect(answers.map(\.status.code) == [200, 200, 200, 429])
            #expect(answers.last?.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
            let alive = try await client.executeRequest(uri: "/livez", method: .get, headers: [:], body: nil)
            #expect(alive.status == .ok)
        }
    }
}

extension HTTPFields {
    /// Returns these fields and others.
    fileprivate func merging(_ others: HTTPFields) -> HTTPFields {
        var fields = self
        for field in others { fields[field.name] = field.value }
        return fields
    }
}
