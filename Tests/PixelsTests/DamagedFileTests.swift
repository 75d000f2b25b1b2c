import Pixels
import Randomness
import Testing

/// Files that end too early or hold random errors: always an answer or an error, never a crash or half a picture.
struct DamagedFileTests {
    private static let limits = DecodingLimits(pixels: 1_000_000, bytes: 1 << 20, scans: 32)

    private func code(_ bytes: [UInt8]) throws -> String? {
        do {
            let image = try Image(decoding: bytes, limits: Self.limits)
            #expect(image.pixels.count == image.width * image.height * 3)
            return nil
        } catch let error as ImageError {
            return error.code
        }
    }

    @Test("Every file is an error wherever it is cut off", arguments: ["jpg", "png", "webp"])
    func cutOff(suffix: String) throws {
        for name in try Resource.all(suffix) {
            let bytes = try Resource.bytes(name)
            #expect(try code(bytes) == nil, "\(name) itself")
            #expect(try code([]) == "empty_file")
            for length in stride(from: suffix == "webp" ? 4 : 1, to: bytes.count, by: 3) + [bytes.count - 1] {
                #expect(try code(Array(bytes[..<length])) == "truncated_image", "\(name) cut off at \(length)")
            }
        }
    }

    @Test("Random errors never crash", arguments: ["jpg", "png", "webp"])
    func randomErrors(suffix: String) throws {
        var generator = SplitMix64(state: 20)
        let files = try Resource.all(suffix).map(Resource.bytes)
        var refused = 0
        for _ in 0..<4000 {
            var bytes = files[Int.random(in: files.indices, using: &generator)]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            }
            if try code(bytes) != nil { refused += 1 }
        }
        #expect(refused > 100)
    }

    @Test("Random errors behind sound PNG checksums never crash")
    func randomErrorsBehindChecksums() throws {
        var generator = SplitMix64(state: 21)
        let files = try Resource.all("png").map(Resource.bytes)
        var codes: [String: Int] = [:]
        for _ in 0..<4000 {
            var bytes = files[Int.random(in: files.indices, using: &generator)]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
            }
            repairChecksums(&bytes)
            codes[try code(bytes) ?? "decoded", default: 0] += 1
        }
        #expect(codes["decoded", default: 0] > 10 && codes["corrupt_image", default: 0] > 100)
    }

    @Test("Random bytes behind a signature never crash")
    func randomBytes() throws {
        var generator = SplitMix64(state: 22)
        let beginnings: [[UInt8]] = try ["jpeg-420.jpg", "rgb-8.png", "alpha-lossy.webp"].map {
            Array(try Resource.bytes($0).prefix(30))
        }
        for round in 0..<3000 {
            let length = Int.random(in: 0...300, using: &generator)
            let tail = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let kept = Int.random(in: 8...30, using: &generator)
            #expect(try code(beginnings[round % beginnings.count].prefix(kept) + tail) != nil)
        }
    }

    /// Gives every chunk the checksum of what is in it.
    private func repairChecksums(_ bytes: inout [UInt8]) {
        var offset = 8
        while offset + 12 <= bytes.count {
            let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = offset + 8 + length
            guard end + 4 <= bytes.count else { return }
            let sum = checksum(bytes[offset + 4..<end])
            for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index)) }
            offset = end + 4
        }
    }

    /// CRC-32 of ISO 3309, bit by bit.
    private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
