import Foundation
import Likeness
import Testing

@testable import LikenessServer

@Suite("Forms") struct MultipartTests {
    private func form(_ parts: [(name: String, file: String?, bytes: [UInt8])], boundary: String = "x-1") -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            let file = part.file.map { "; filename=\"\($0)\"" } ?? ""
            bytes += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\nContent-Type: image/jpeg\r\n\r\n"
                    .utf8)
            bytes += part.bytes + Array("\r\n".utf8)
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// Contents that look like delimiters, cut at every place and at random places.
    @Test func everyCutGivesTheSameParts() throws {
        let tricky = Array("\r\n--x-2\r\n--x-\r\r\n-\r\n--".utf8) + [0, 255, 13, 10]
        let whole = form([("image", "a.jpg", tricky), ("empty", nil, []), ("image", "b \\\"q\\\".jpg", [1, 2, 3])])
        var random = SystemRandomNumberGenerator()
        for round in 0..<whole.count + 200 {
            var parser = try MultipartParser(boundary: "x-1")
            if round < whole.count {
                try parser.take(whole[..<round])
                try parser.take(whole[round...])
            } else {
                var rest = whole[...]
                while !rest.isEmpty {
                    let count = Int.random(in: 0...min(rest.count, 9), using: &random)
                    try parser.take(rest.prefix(count))
                    rest = rest.dropFirst(count)
                }
            }
            let parts = try parser.finish()
            #expect(parts.map(\.name) == ["image", "empty", "image"])
            #expect(parts.map(\.fileName) == ["a.jpg", nil, "b \"q\".jpg"])
            #expect(parts.map(\.bytes) == [tricky, [], [1, 2, 3]])
        }
    }

    @Test(arguments: [
        "", "--x-1", "--x-1\r\n", "--x-1--", "--x-1\r\nContent-Disposition: form-data\r\n\r\na\r\n--x-1--\r\n",
        "--x-1\r\n\r\na\r\n--x-1--\r\n", "--x-1abc\r\n", "--x-1\r\nno colon\r\n\r\n",
        "--x-1\r\nContent-Transfer-Encoding: base64\r\n",
        "--x-1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
    ])
    func malformedFormsAreErrors(text: String) throws {
        var parser = try MultipartParser(boundary: "x-1")
        let isComplete = text == "--x-1--"
        do {
            try parser.take(Array(text.utf8))
            let parts = try parser.finish()
            #expect(isComplete && parts.isEmpty)
        } catch {
            #expect(!isComplete && !error.reason.isEmpty)
        }
    }

    @Test func partsAndHeadersHaveLimits() throws {
        var parser = try MultipartParser(boundary: "x-1")
        #expect(throws: MultipartParser.Malformed.self) {
            try parser.take(form((0...MultipartParser.mostParts).map { ("f\($0)", nil, [1]) }))
        }
        var long = try MultipartParser(boundary: "x-1")
        #expect(throws: MultipartParser.Malformed.self) {
            try long.take(Array("--x-1\r\n".utf8) + [UInt8](repeating: 65, count: 20_000))
        }
        #expect(throws: MultipartParser.Malformed.self) { try MultipartParser(boundary: "") }
        #expect(throws: MultipartParser.Malformed.self) {
            try MultipartParser(boundary: String(repeating: "b", count: 71))
        }
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("multipart/form-data; charset=x; Boundary=\"a b;c\"", "a b"),
            ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil),
        ] as [(String, String?)])
    func boundaries(header: String, boundary: String?) {
        let found = MultipartParser.boundary(of: header)
        #expect(found.map { $0.hasPrefix(boundary ?? "-") } ?? (boundary == nil))
    }
}
