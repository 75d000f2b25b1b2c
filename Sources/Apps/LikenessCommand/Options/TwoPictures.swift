import ArgumentParser
import Faces
import Foundation
import LikenessSupport
import Pixels
import Recognition

/// Two pictures whose faces are compared, one of each.
struct TwoPictures: ParsableArguments {
    @Argument(help: "The first picture, or - for the standard input.") var a: String
    @Argument(help: "The second picture.") var b: String

    @Option(
        help: "The face to use: center, the largest near the center, or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    mutating func validate() throws {
        for name in [a, b] { try PictureOptions.checkName(name) }
        if a == "-", b == "-" { throw ValidationError("only one of the two pictures can be the standard input") }
    }

    /// Where the pictures are.
    func sources(limits: DecodingLimits) throws -> (PictureSource, PictureSource) {
        (try Self.source(a, limits), try Self.source(b, limits))
    }

    /// The files, which nothing may overwrite.
    var inputs: InputFiles { InputFiles([a, b]) }

    private static func source(_ argument: String, _ limits: DecodingLimits) throws -> PictureSource {
        let list = try PictureList([argument]) { try StandardStream.readInput(limit: limits.bytes) }
        guard list.sources.count == 1, let picture = list.sources.first else {
            let count = list.sources.isEmpty ? "no picture is in" : "\(list.sources.count) pictures are in"
            throw Failure.badOption(
                "two pictures are compared, and \(count) \(SystemPath.shown(argument))", remedy: "name a file")
        }
        return picture
    }
}

extension FaceSelection {
    /// The selection that `text` names, where one face is wanted.
    ///
    /// - Throws: `ValidationError`.
    static func one(_ text: String) throws -> FaceSelection {
        guard let selection = FaceSelection(rawValue: text), selection != .all else {
            throw ValidationError("'\(text)' doesn't say which one face of a picture: --face center or largest")
        }
        return selection
    }

    /// The selected of several faces, in words.
    var words: String { self == .largest ? "the largest" : "the largest near the center" }
}
