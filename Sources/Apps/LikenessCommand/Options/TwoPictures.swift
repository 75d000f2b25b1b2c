package import ArgumentParser
package import Faces
import Foundation
import LikenessSupport
package import Pixels
package import Recognition

/// Two pictures; one face of each is compared.
package struct TwoPictures: ParsableArguments {
    @Argument(help: "The first picture, or - for the standard input.") package var a: String
    @Argument(help: "The second picture.") package var b: String

    @Option(
        help: "The face to use: center (the largest near the center) or largest. (default: center)",
        transform: FaceSelection.one)
    package var face: FaceSelection = .center

    package init() {}

    package mutating func validate() throws {
        for name in [a, b] { try PictureOptions.checkName(name) }
        if a == "-", b == "-" { throw ValidationError("only one of the two pictures can be the standard input") }
    }

    /// Returns the two pictures.
    package func sources(limits: DecodingLimits) throws -> (PictureSource, PictureSource) {
        (try Self.source(a, limits), try Self.source(b, limits))
    }

    /// The files of the two pictures; they may not be overwritten.
    package var inputs: InputFiles { InputFiles([a, b]) }

    private static func source(_ argument: String, _ limits: DecodingLimits) throws -> PictureSource {
        let list = try PictureList([argument]) { try StandardStream.readInput(limit: limits.bytes) }
        guard list.sources.count == 1, let picture = list.sources.first else {
            guard !list.sources.isEmpty else { throw Failure.noPictures(folders: list.emptyFolders) }
            let count = "\(list.sources.count) pictures"
            throw Failure.badOption(
                "\(SystemPath.shown(argument)) contains \(count), but one is needed", remedy: "name a picture file")
        }
        return picture
    }
}

extension FaceSelection {
    /// Returns the selection that `text` names, for commands that use one face of a picture.
    ///
    /// - Throws: `ValidationError` if `text` is not `center` or `largest`.
    package static func one(_ text: String) throws -> FaceSelection {
        guard let selection = FaceSelection(rawValue: text), selection != .all else {
            throw ValidationError("--face must be center or largest here, not '\(text)'")
        }
        return selection
    }

    /// The selected face in words, for pictures with several faces.
    package var words: String { self == .largest ? "the largest" : "the largest near the center" }
}
