import Foundation
import LikenessSupport
import Pixels
import Testing

/// The files made by `make_fixtures.py`.
enum Resource {
    /// Returns the bytes of a file.
    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(name))) }

    static func url(_ name: String) throws -> URL {
        let folder = try #require(Bundle.module.url(forResource: "Resources", withExtension: nil))
        return folder.appending(path: name)
    }

    /// Returns the expected pixels `NAME.ppm`.
    static func expected(_ name: String) throws -> Image {
        let (width, height, samples) = try portable(name + ".ppm")
        return Image(width: width, height: height, pixels: samples)
    }

    /// Returns the expected gray levels `NAME.pgm`.
    static func expectedGray(_ name: String) throws -> (width: Int, height: Int, levels: [UInt8]) {
        try portable(name + ".pgm")
    }

    /// Returns all inputs of a format: the files with this extension.
    static func all(_ suffix: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: try url("").path)
        return names.filter { $0.hasSuffix("." + suffix) }.sorted()
    }

    /// Returns a binary portable map as the script writes it: three lines and the samples.
    private static func portable(_ name: String) throws -> (Int, Int, [UInt8]) {
        let data = try bytes(name)
        let lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
        let size = String(decoding: lines[1], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        return (size[0], size[1], Array(lines[3]))
    }
}

/// Returns the greatest difference of two byte arrays; `nil` if their lengths differ.
func greatestDifference(_ first: [UInt8], _ second: [UInt8]) -> Int? {
    guard first.count == second.count else { return nil }
    return zip(first, second).map { abs(Int($0) - Int($1)) }.max() ?? 0
}

/// Returns the mean difference of two pictures of the same size.
func meanDifference(_ first: Image, _ second: Image) -> Double {
    let sum = zip(first.pixels, second.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(first.pixels.count)
}

/// Returns a picture of random bytes.
func noise(width: Int, height: Int, seed: UInt64) -> Image {
    var generator = SplitMix64(state: seed)
    return Image(
        width: width, height: height,
        pixels: (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &generator) })
}
