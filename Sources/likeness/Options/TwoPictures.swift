import ArgumentParser
import Faces
import Foundation
import Recognition

/// Two pictures whose faces are compared, one of each.
struct TwoPictures: ParsableArguments {
    @Argument(help: "A picture, or - for the standard input.") var a: String
    @Argument(help: "Another.") var b: String

    @Option(help: "Which face of each picture: the largest near the center, or the largest.")
    var face: FaceSelection = .center

    mutating func validate() throws {
        if face == .all { throw ValidationError("one face of each picture is compared: --face center or largest") }
        if a == "-", b == "-" { throw ValidationError("only one of the two pictures can be the standard input") }
    }

    /// Where the pictures are.
    func sources() throws -> (PictureSource, PictureSource) { (try Self.source(a), try Self.source(b)) }

    private static func source(_ argument: String) throws -> PictureSource {
        let list = try PictureList([argument], standardInput: PictureOptions.standardInput)
        guard list.sources.count == 1, let picture = list.sources.first else {
            throw Failure.badOption("two pictures are compared: \(argument) is \(list.sources.count)")
        }
        return picture
    }
}
