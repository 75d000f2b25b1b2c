import Foundation
import LikenessSupport
import Pixels

extension Image {
    /// Returns a picture of random bytes.
    static func noise(width: Int, height: Int, _ random: inout SplitMix64) -> Image {
        var generator = random
        random = SplitMix64(state: random.next())
        let count = width * height * 3
        let pixels = [UInt8](unsafeUninitializedCapacity: count + 8) { buffer, initialized in
            var place = 0
            while place < count {
                var word = generator.next()
                for _ in 0..<8 where place < count {
                    buffer.initializeElement(at: place, to: UInt8(truncatingIfNeeded: word))
                    word >>= 8
                    place += 1
                }
            }
            initialized = count
        }
        return Image(width: width, height: height, pixels: pixels)
    }

    /// Returns a gradient from one color to another, across or down.
    static func gradient(width: Int, height: Int, _ random: inout SplitMix64) -> Image {
        let colors = (0..<6).map { _ in Double(random.index(below: 256)) }
        let across = random.unit() < 0.5
        return painted(width: width, height: height) { x, y in
            let part = across ? Double(x) / Double(width) : Double(y) / Double(height)
            return (0..<3).map { UInt8(colors[$0] + (colors[$0 + 3] - colors[$0]) * part) }
        }
    }

    /// Returns waves, squares or rings of a random size, which networks sometimes take for eyes.
    static func texture(width: Int, height: Int, _ random: inout SplitMix64) -> Image {
        let period = Double(2 + random.index(below: 60)), kind = random.index(below: 3)
        let tint = (0..<3).map { _ in 0.3 + 0.7 * random.unit() }
        return painted(width: width, height: height) { x, y in
            let (u, v) = (Double(x) / period, Double(y) / period)
            let level =
                switch kind {
                case 0: sin(u) * sin(v)
                case 1: (Int(u) + Int(v)) % 2 == 0 ? 1.0 : -1.0
                default: sin((u * u + v * v).squareRoot())
                }
            return tint.map { UInt8((127 + 127 * level) * $0) }
        }
    }

    /// Returns a picture whose pixels repeat after 256 columns and rows, because computing 25 million of them would
    /// take seconds.
    private static func painted(width: Int, height: Int, _ color: (Int, Int) -> [UInt8]) -> Image {
        let columns = min(width, 256), rows = min(height, 256)
        let tile = (0..<rows).map { y in (0..<columns).flatMap { x in color(x * width / columns, y * height / rows) } }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            let line = tile[y % rows]
            for start in stride(from: 0, to: width, by: columns) {
                pixels.append(contentsOf: line.prefix((min(columns, width - start)) * 3))
            }
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}
