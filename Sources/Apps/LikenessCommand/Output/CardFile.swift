import Faces
import Foundation
import LikenessSupport

/// A model card that a command puts its result into.
struct CardFile {
    private let path: String

    /// Reads the card before the work, so that what is wrong with it is said then.
    ///
    /// - Throws: ``Failure``, which names the file and what is wrong with it.
    init(_ path: String) throws {
        self.path = path
        try OutputFile.checkPlace(path)
        _ = try card
    }

    /// The card as it is in the file.
    ///
    /// - Throws: ``Failure``: no such file, unreadable, or no card.
    var card: ModelCard {
        get throws {
            let data = try ReadFile.contents(path)
            do {
                return try JSONDecoder().decode(ModelCard.self, from: data)
            } catch {
                throw Failure.badCard(path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data))
            }
        }
    }

    /// Makes sure that the card is `model`'s.
    ///
    /// - Throws: ``Failure``.
    func check(isOf model: ModelCard) throws { _ = try card(of: model) }

    /// Refuses to replace figures by some that support less: a card measured on a handful of people would answer nothing.
    ///
    /// - Throws: ``Failure``.
    func checkSupport(of new: MatchCalibration, acceptsWeaker: Bool) throws {
        guard new.lowestUsableRate != nil else {
            throw Failure.badOption(
                "the new figures support no false match rate at all: \(path) stays as it is",
                remedy: "measure on more people")
        }
        guard !acceptsWeaker, let earlier = try card.calibration?.lowestUsableRate else { return }
        let lowest = new.lowestUsableRate
        guard lowest.map({ $0 > earlier * (1 + 1e-9) }) ?? true else { return }
        throw Failure.badOption(
            "\(path) supports false match rates down to \(String(format: "%g", earlier)), and "
                + (lowest.map { "the new figures only down to \(String(format: "%g", $0))" }
                    ?? "the new figures support none"),
            remedy: "measure on more people, or replace the figures nonetheless with --accept-weaker")
    }

    /// Changes the card; everything else in it stays.
    ///
    /// - Throws: ``Failure`` where the file is another model's card, or can't be written.
    func rewrite(of model: ModelCard, _ change: (inout ModelCard) -> Void) throws {
        var card = try card(of: model)
        change(&card)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(card) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure.cannotWrite(path, reason: systemReason(of: error))
        }
    }

    private func card(of model: ModelCard) throws -> ModelCard {
        let card = try card
        guard card.identity == model.identity else {
            throw Failure.badOption("\(path) is the card of \(card.identity), and \(model.identity) ran")
        }
        return card
    }
}
