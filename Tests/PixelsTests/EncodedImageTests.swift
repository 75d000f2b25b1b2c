import Foundation
import LikenessSupport
import Pixels
import Testing

/// Compares reduced and partial decoding with the whole picture: the same places, nearly the same pixels.
struct EncodedImageTests {
    /// Returns blobs of several sizes, none smaller than about six pixels.
    private static func blobs(width: Int, height: Int, seed: UInt64) -> Image {
        noise(width: width / 6 + 2, height: height / 6 + 2, seed: seed)
            .resized(width: width, height: height, method: .bilinear)
    }

    /// Returns a JPEG of `image` with an orientation in Exif.
    private static func jpeg(_ image: Image, _ orientation: Orientation) throws -> [UInt8] {
        let bytes = try image.encoded(as: .jpeg(quality: 98))
        var exif = Array("Exif\0\0MM\0*".utf8)
        exif += [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1]
        exif += [0, UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0]
        return Array(bytes.prefix(2)) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + Array(bytes.dropFirst(2))
    }

    /// Returns the expected reduced picture: means of squares of the stored picture, which begin at its own top left.
    private static func expected(_ stored: Image, _ orientation: Orientation, _ reduction: Int) -> ScaledImage {
        let small = ScaledImage(stored).reduced(by: reduction).image.oriented(orientation)
        let upright = stored.oriented(orientation)
        let across = small.width * reduction - upright.width, down = small.height * reduction - upright.height
        // After turning, a pixel that reaches beyond the stored picture's right or bottom edge is at another edge.
        let left = [.upMirrored, .down, .right, .rightMirrored].contains(orientation) ? -across : 0
        let top = [.down, .downMirrored, .rightMirrored, .left].contains(orientation) ? -down : 0
        return ScaledImage(small, reduction: reduction, x: left, y: top)
    }

    /// Returns the pixels that lie completely inside the picture; `nil` if there are none.
    private static func inner(_ picture: ScaledImage, of header: ImageHeader) -> Box? {
        let reduction = picture.reduction
        let left = picture.x < 0 ? 1 : 0, top = picture.y < 0 ? 1 : 0
        let right = picture.image.width - (picture.x + picture.image.width * reduction > header.width ? 1 : 0)
        let bottom = picture.image.height - (picture.y + picture.image.height * reduction > header.height ? 1 : 0)
        guard right > left, bottom > top else { return nil }
        return Box(x: Float(left), y: Float(top), width: Float(right - left), height: Float(bottom - top))
    }

    @Test("A JPEG at every reduction has the size, place and pixels of the mean of squares", arguments: 1...8)
    func reducedJPEG(orientation value: Int) throws {
        let orientation = try #require(Orientation(rawValue: value))
        var generator = SplitMix64(state: UInt64(value))
        for round in 0..<24 {
            let width = Int.random(in: round < 4 ? 1...9 : 17...220, using: &generator)
            let height = Int.random(in: round < 4 ? 1...9 : 17...220, using: &generator)
            let image = Self.blobs(width: width, height: height, seed: UInt64(round))
            let file = try EncodedImage(Self.jpeg(image, orientation))
            let stored = try Image(decoding: image.encoded(as: .jpeg(quality: 98)))
            for reduction in [1, 2, 4, 8, 16, 64] {
                let (found, remarks) = try file.decoded(reducedBy: reduction)
                let expected = Self.expected(stored, orientation, reduction)
                #expect(remarks.isEmpty)
                #expect(found.reduction == reduction && found.x == expected.x && found.y == expected.y)
                try #require(found.image.width == expected.image.width && found.image.height == expected.image.height)
                // The scaled transform keeps the mean of each block and differs slightly within it. Pixels that reach
                // beyond the border contain the encoder's padding.
                guard let inner = Self.inner(found, of: file.header) else { continue }
                #expect(
                    meanDifference(found.image.cropped(to: inner), expected.image.cropped(to: inner))
                        < (reduction == 1 ? 0.01 : round < 4 ? 12 : 8), "\(width) x \(height) by \(reduction)")
            }
        }
    }

    @Test("A reduced JPEG is aligned with the full one, to half a full pixel", arguments: [2, 4, 8])
    func place(reduction: Int) throws {
        // A horizontal ramp, in which a pixel's level is its place.
        for width in [161, 200, 255] {
            let ramp = Image(
                width: width, height: 64,
                pixels: (0..<64).flatMap { _ in (0..<width).flatMap { [UInt8](repeating: UInt8($0), count: 3) } })
            let found = try EncodedImage(ramp.encoded(as: .jpeg(quality: 100))).decoded(reducedBy: reduction).picture
            for column in 2..<found.image.width - 2 {
                let place = (Float(column) + 0.5) * Float(reduction) - 0.5
                let level = Float(found.image.pixels[(8 / reduction * found.image.width + column) * 3])
                #expect(abs(level - place) <= 1.2, "column \(column)")
                #expect(abs(found.local(Point(x: place, y: 0)).x - Float(column)) < 1e-3)
            }
            let row = found.image.pixels.prefix(found.image.width * 3).map(Float.init)
            let inner = (2..<found.image.width - 2)
            let shift = inner.reduce(Float(0)) { $0 + row[$1 * 3] - ((Float($1) + 0.5) * Float(reduction) - 0.5) }
            // The mean of an even number of levels lies between two, and is rounded to one of them.
            #expect(abs(shift / Float(inner.count)) <= 0.5)
        }
    }

    @Test("Parts equal the whole picture there, in any orientation, in one pass", arguments: 1...8)
    func parts(orientation value: Int) throws {
        let orientation = try #require(Orientation(rawValue: value))
        var generator = SplitMix64(state: 100 + UInt64(value))
        for (width, height) in [(150, 900), (333, 700), (64, 64), (5, 400)] {
            let image = Self.blobs(width: width, height: height, seed: 9)
            let files = [try Self.jpeg(image, orientation)] + (orientation == .up ? [try image.encoded(as: .png)] : [])
            for file in try files.map({ try EncodedImage($0) }) {
                for reduction in [1, 2, 8] {
                    let whole = try file.decoded(reducedBy: reduction).picture
                    let boxes = (0..<5).map { _ in
                        Box(
                            x: Float.random(in: -20...Float(file.header.width), using: &generator),
                            y: Float.random(in: -20...Float(file.header.height), using: &generator),
                            width: Float.random(in: 0...90, using: &generator),
                            height: Float.random(in: 0...90, using: &generator))
                    }
                    for (box, part) in zip(boxes, try file.decodedParts(boxes, reducedBy: reduction)) {
                        let inside = box.intersection(
                            Box(x: 0, y: 0, width: Float(file.header.width), height: Float(file.header.height)))
                        guard let part else {
                            #expect(inside.area == 0)
                            continue
                        }
                        #expect(part.reduction == reduction)
                        #expect(Float(part.x) <= inside.x && Float(part.y) <= inside.y)
                        #expect(Float(part.x + part.image.width * reduction) >= inside.x + inside.width)
                        #expect(Float(part.y + part.image.height * reduction) >= inside.y + inside.height)
                        let left = (part.x - whole.x) / reduction, top = (part.y - whole.y) / reduction
                        let same = whole.image.cropped(
                            to: Box(
                                x: Float(left), y: Float(top), width: Float(part.image.width),
                                height: Float(part.image.height)))
                        #expect(part.image == same, "\(box) of \(width) x \(height) by \(reduction)")
                    }
                }
            }
        }
    }

    @Test("PNG and WebP are reduced to the exact means", arguments: ["png", "webp"])
    func reducedOthers(suffix: String) throws {
        for name in try Resource.all(suffix) {
            let file = try EncodedImage(Resource.bytes(name))
            let full = try file.decoded().picture
            #expect(full.image == (try Image(decoding: Resource.bytes(name))))
            guard file.header.orientation == .up else { continue }
            for reduction in [2, 4, 8, 32] {
                #expect(try file.decoded(reducedBy: reduction).picture == full.reduced(by: reduction), "\(name)")
            }
        }
        for value in 1...8 {
            let found = try EncodedImage(Resource.bytes("orientation-\(value).\(suffix)")).decoded(reducedBy: 16)
            let blocks = ScaledImage(try Resource.expected("orientation")).reduced(by: 16)
            #expect(found.picture == blocks, "orientation \(value)")
        }
    }

    @Test("The reduction keeps the requested longest side")
    func reductions() throws {
        for (width, height) in [(1, 1), (640, 480), (1279, 5), (1280, 7), (2559, 100), (2560, 9), (5121, 3), (9, 7000)]
        {
            let file = try EncodedImage(Image(width: width, height: height).encoded(as: .png))
            let longest = max(width, height)
            let reduction = file.reduction(keepingLongestSide: 1280)
            #expect(reduction == 1 || longest / reduction >= 1280)
            #expect(longest / (reduction * 2) < 1280)
            #expect(file.reduction(keepingLongestSide: nil) == 1)
        }
    }

    @Test("A picture over the memory limit is refused before decoding, and the option is named")
    func memory() throws {
        let progressive = try Resource.bytes("progressive.jpg")
        let size = try ImageHeader(decoding: progressive)
        let pixels = size.width * size.height * 3
        let error = #expect(throws: ImageError.self) {
            try EncodedImage(progressive, limits: DecodingLimits(memory: pixels + 100)).decoded()
        }
        #expect(error?.code == "memory_limit" && error?.description.contains("--max-memory") == true)
        #expect(throws: ImageError.memoryLimit(needed: pixels, limit: pixels - 1)) {
            try EncodedImage(progressive, limits: DecodingLimits(memory: pixels - 1)).decoded()
        }
        // Row by row, little more memory is needed than for the result.
        let png = try EncodedImage(Resource.bytes("rgb-8.png"), limits: DecodingLimits(memory: 2000))
        #expect(try png.decoded().picture.image == Resource.expected("rgb-8"))
        let interlaced = try Resource.bytes("interlaced.png")
        let needed = try ImageHeader(decoding: interlaced)
        let error2 = #expect(throws: ImageError.self) {
            try EncodedImage(interlaced, limits: DecodingLimits(memory: needed.width * needed.height * 3 + 10))
                .decoded()
        }
        #expect(error2?.code == "memory_limit")
        #expect(throws: ImageError.outOfMemory) { try Memory.check(Int.max - 1) }
        #expect(throws: ImageError.outOfMemory) { try Memory.check(1 << 55) }
        try Memory.check(1 << 20)
    }
}
