import LikenessSupport
import Pixels
import Testing

/// Files that are truncated or have random errors: a picture or an error, but never a crash or half a picture.
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

    @Test(
        "A truncated file is an error, or lacks a few rows and reports how many, or lacks only its end and reports that",
        arguments: ["jpg", "png", "webp"])
    func cutOff(suffix: String) throws {
        var remarks: [String: Int] = [:]
        for name in try Resource.all(suffix) where name != "no-end-marker.jpg" {
            let bytes = try Resource.bytes(name)
            let whole = try EncodedImage(bytes, limits: Self.limits).decoded()
            #expect(whole.remarks.isEmpty, "\(name) itself")
            for length in stride(from: suffix == "webp" ? 4 : 1, to: bytes.count, by: 3) + [bytes.count - 1] {
                do {
                    let file = try EncodedImage(Array(bytes[..<length]), limits: Self.limits)
                    let (picture, found) = try file.decoded()
                    let remark = try #require(found.first, "\(name) cut off at \(length) without a remark")
                    remarks[remark.code, default: 0] += 1
                    try #require(file.header.orientation == .up || remark == .noEnd || suffix != "jpg")
                    guard picture.image.width == whole.picture.image.width else {
                        // The missing part may be data after the pixels that turn the picture.
                        #expect(remark == .noEnd)
                        continue
                    }
                    var missing = 0
                    if case .missingRows(let count) = remark { missing = count }
                    #expect(missing <= picture.image.height / 20)
                    if file.header.orientation == (try ImageHeader(decoding: bytes)).orientation {
                        let kept = (picture.image.height - missing) * picture.image.width * 3
                        #expect(
                            picture.image.pixels[..<kept] == whole.picture.image.pixels[..<kept], "\(name) at \(length)"
                        )
                    }
                } catch let error as ImageError {
                    #expect(error.code == "truncated_image", "\(name) cut off at \(length)")
                }
            }
        }
        #expect(remarks["no_end", default: 0] > 0)
    }

    @Test("A photograph without its end marker is read with a remark")
    func noEndMarker() throws {
        let (picture, remarks) = try EncodedImage(Resource.bytes("no-end-marker.jpg")).decoded()
        #expect(remarks == [.noEnd])
        let complete = try Resource.bytes("no-end-marker.jpg") + [0xFF, 0xD9]
        #expect(try Image(decoding: complete) == picture.image)
        #expect(try EncodedImage(complete).decoded(reducedBy: 2).remarks.isEmpty)
        #expect(try EncodedImage(Resource.bytes("no-end-marker.jpg")).decoded(reducedBy: 2).remarks == [.noEnd])
    }

    @Test("One row in twenty of a JPEG may be missing, at every reduction", arguments: [1, 2, 4, 8])
    func missingRows(reduction: Int) throws {
        let image = noise(width: 20, height: 70, seed: 3).resized(width: 200, height: 700, method: .bilinear)
        let bytes = try image.encoded(as: .jpeg(quality: 90))
        let whole = try EncodedImage(bytes).decoded(reducedBy: reduction).picture.image
        var counts: Set<Int> = []
        // Without the end marker, or half of it, no pixels are missing.
        for length in Array(stride(from: bytes.count / 2, to: bytes.count, by: 7)) + [bytes.count - 2, bytes.count - 1]
        {
            do {
                let (picture, remarks) = try EncodedImage(Array(bytes[..<length])).decoded(reducedBy: reduction)
                var missing = 0
                if case .missingRows(let count) = remarks.first { missing = count }
                counts.insert(missing)
                #expect(missing <= 35)
                // The chroma of a row at the edge depends on both sides of it.
                let kept = max((700 - missing) / reduction - 2, 0) * picture.image.width * 3
                #expect(picture.image.pixels[..<kept] == whole.pixels[..<kept])
            } catch ImageError.truncated {
                #expect(length < bytes.count - 2)
            }
        }
        #expect(counts.contains(0) && counts.contains { $0 > 0 })
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

    @Test("Random errors with valid PNG checksums never crash")
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

    @Test("Random bytes after a signature never crash")
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

    /// Gives every chunk its right checksum.
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

    /// Returns the CRC-32 of ISO 3309, bit by bit.
    private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }
}
