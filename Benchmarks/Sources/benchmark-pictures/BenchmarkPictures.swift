import ArgumentParser
import Foundation
import Pixels

/// Cuts photographs of 640 x 480 out of portraits, as given by lines of JSON on the standard input.
@main
struct BenchmarkPictures: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark-pictures",
        abstract: "Cut photographs of 640 x 480 out of portraits, as described by lines of JSON on the standard input.")

    @Argument(help: "The folder of the portraits.") var portraits: String
    @Argument(help: "The folder for the photographs.") var output: String

    private struct Crop: Decodable {
        let portrait: String
        let file: String
        let x: Float
        let y: Float
        let width: Float
        let height: Float
        let mirrored: Bool
    }

    func run() throws {
        var loaded: [String: Image] = [:]
        while let line = readLine() {
            let crop = try JSONDecoder().decode(Crop.self, from: Data(line.utf8))
            let portrait = try loaded[crop.portrait] ?? Image(contentsOf: file(crop.portrait, in: portraits))
            loaded[crop.portrait] = portrait
            let box = Box(x: crop.x, y: crop.y, width: crop.width, height: crop.height)
            let picture = portrait.cropped(to: box).resized(width: 640, height: 480)
            let turned = crop.mirrored ? picture.mirrored() : picture
            try turned.write(to: file(crop.file, in: output), as: .jpeg(quality: 92))
        }
    }

    private func file(_ name: String, in folder: String) -> URL {
        URL(filePath: folder).appending(path: name)
    }
}
