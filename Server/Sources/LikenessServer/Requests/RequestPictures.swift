import Foundation
import HTTPTypes
import Hummingbird
import Likeness
import NIOCore

/// The pictures of a request's body.
///
/// The body is the picture itself, JSON with base64, or a form:
///
/// ```
/// curl --data-binary @a.jpg -H 'Content-Type: image/jpeg' …
/// {"image": "…"} or {"images": ["…", "…"]}
/// curl -F image=@a.jpg -F image=@b.jpg …
/// ```
struct RequestPictures {
    /// The limits of bodies.
    struct Limits: Sendable {
        /// The most bytes.
        var bytes: Int
        /// The longest time for all bytes to arrive, in seconds.
        var seconds: Int
        /// The most pictures of one request.
        static let pictures = 32
    }

    /// The pictures, in their order.
    let sources: [PictureSource]

    /// The pictures' bytes and names, for comparing two requests.
    var content: Data {
        sources.reduce(into: Data()) { data, source in
            guard case .bytes(let bytes, let name) = source else { return }
            data.append(contentsOf: "\(name.utf8.count) \(name) \(bytes.count) ".utf8)
            data.append(contentsOf: bytes)
        }
    }

    private struct Document: Decodable {
        var image: String?
        var images: [String]?
    }

    /// Reads a request's body.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - counts: How many pictures the route takes.
    ///   - limits: The limits of bodies.
    /// - Throws: ``ServerError``.
    init(_ request: Request, _ counts: ClosedRange<Int>, _ limits: Limits) async throws {
        let contentType = request.headers[.contentType] ?? "application/octet-stream"
        let type = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bytes {
            throw ServerError.bodyTooLarge(limit: limits.bytes)
        }
        switch type {
        case "application/json":
            sources = try Self.decoded(try await RequestBody.bytes(of: request, limits))
        case "multipart/form-data":
            sources = try await Self.form(of: request, contentType, limits)
        case _ where type == "application/octet-stream" || type.hasPrefix("image/"):
            let bytes = try await RequestBody.bytes(of: request, limits)
            sources = bytes.isEmpty ? [] : [.bytes(bytes, name: "image")]
        default:
            throw ServerError.unsupportedBody(type)
        }
        guard counts.contains(sources.count) else {
            let needed =
                counts.lowerBound == counts.upperBound
                ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw ServerError.invalidRequest("the body has \(sources.count) pictures, but this route takes \(needed)")
        }
    }

    private static func decoded(_ bytes: [UInt8]) throws(ServerError) -> [PictureSource] {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw .invalidRequest("the body is not JSON with 'image' or 'images' as texts in base64")
        }
        let texts = (document.image.map { [$0] } ?? []) + (document.images ?? [])
        guard texts.count <= Limits.pictures else {
            throw .invalidRequest("the body has more than \(Limits.pictures) pictures")
        }
        var sources: [PictureSource] = []
        for (place, text) in texts.enumerated() {
            // A data URL, as a page's canvas gives it, holds base64 too.
            let encoded = text.hasPrefix("data:") ? Substring(text.drop { $0 != "," }.dropFirst()) : Substring(text)
            guard let data = Data(base64Encoded: String(encoded), options: .ignoreUnknownCharacters), !data.isEmpty
            else {
                throw .invalidRequest("picture \(place + 1) is not base64")
            }
            sources.append(.bytes(Array(data), name: "image \(place + 1)"))
        }
        return sources
    }

    private static func form(
        of request: Request, _ contentType: String, _ limits: Limits
    ) async throws -> [PictureSource] {
        guard let boundary = MultipartParser.boundary(of: contentType) else {
            throw ServerError.invalidRequest("the content type has no boundary")
        }
        do {
            var parser = try MultipartParser(boundary: boundary)
            try await RequestBody.read(request, limits) { piece throws(MultipartParser.Malformed) in
                try parser.take(piece)
            }
            let parts = try parser.finish().filter { ["image", "images", "file"].contains($0.name) }
            return parts.enumerated().map { place, part in
                .bytes(part.bytes, name: part.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? "image \(place + 1)")
            }
        } catch let error as MultipartParser.Malformed {
            throw ServerError.invalidRequest("the form can't be read: \(error.reason)")
        }
    }
}
