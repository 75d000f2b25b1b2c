import Faces
import Foundation

extension ModelCard {
    /// Changes a card's file; everything else in it stays.
    ///
    /// - Throws: ``Failure`` where the file is another model's card, or can't be written.
    static func rewrite(_ file: URL, of model: ModelCard, _ change: (inout ModelCard) -> Void) throws {
        var card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: file))
        guard card.identity == model.identity else {
            throw Failure.badOption("\(file.relativePath) is the card of \(card.identity), and \(model.identity) ran")
        }
        change(&card)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(card) + Data("\n".utf8)).write(to: file, options: .atomic)
        } catch {
            throw Failure.cannotWrite(file.relativePath, reason: systemReason(of: error))
        }
    }
}
