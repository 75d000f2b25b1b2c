import Foundation
import Pixels
import Testing

@Suite("The limits of pictures")
struct DecodingLimitsTests {
    enum Limit: CaseIterable {
        case pixels, bytes, scans, memory, seconds

        var path: WritableKeyPath<DecodingLimits, Int> {
            switch self {
            case .pixels: \.pixels
            case .bytes: \.bytes
            case .scans: \.scans
            case .memory: \.memory
            case .seconds: \.seconds
            }
        }
    }

    private static let files = [
        "gray-8.png", "progressive.jpg", "cmyk.jpg", "alpha-lossy.webp", "heic.heic", "avif.avif", "rgb-16.png",
    ]

    @Test("A picture is read or refused at any limit", arguments: [Int.min, -1, 0, 1, 1000, Int.max], Limit.allCases)
    func any(number: Int, limit: Limit) throws {
        var limits = DecodingLimits.standard
        limits[keyPath: limit.path] = number
        #expect(limits[keyPath: limit.path] == max(number, 1))
        for name in Self.files {
            let file = try Resource.bytes(name)
            do {
                _ = try Image(decoding: file, limits: limits)
                #expect(number > 0 || limit == .seconds || limit == .scans, "\(name) at \(number)")
            } catch {
                #expect(error is ImageError, "\(name) at \(number): \(error)")
                #expect(number <= 1000, "\(name) at \(number): \(error)")
            }
        }
    }

    @Test("Limits from a file are at least 1")
    func decoded() throws {
        let limits = DecodingLimits(pixels: 5, bytes: 6, scans: 7, memory: 8, seconds: 9)
        let data = try JSONEncoder().encode(limits)
        #expect(try JSONDecoder().decode(DecodingLimits.self, from: data) == limits)
        let text = String(decoding: data, as: UTF8.self).replacing("\"scans\":7", with: "\"scans\":0")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(DecodingLimits.self, from: Data(text.utf8))
        }
    }
}
