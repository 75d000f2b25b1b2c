public import Faces
import Foundation
import LikenessSupport

/// A file with a model card that figures are put into.
public struct CardFile: Sendable {
    private let path: String

    /// Reads the card before the work, so that errors in it are found then.
    ///
    /// - Throws: ``CardError``, which names the file and what is wrong with it.
    public init(_ path: String) throws {
        self.path = path
        _ = try card
    }

    /// The card as it is in the file.
    ///
    /// - Throws: ``CardError``: no such file, unreadable, or no card.
    public var card: ModelCard {
        get throws {
            let data: Data
            do {
                data = try Data(contentsOf: URL(filePath: path))
            } catch {
                let exists = FileManager.default.fileExists(atPath: path)
                throw exists ? CardError.unreadable(path, reason: Reason.text(of: error)) : .missing(path)
            }
            do {
                return try JSONDecoder().decode(ModelCard.self, from: data)
            } catch {
                throw CardError.malformed(path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data))
            }
        }
    }

    /// Makes sure that the card is `model`'s.
    ///
    /// - Throws: ``CardError``.
    public func check(isOf model: ModelCard) throws { _ = try card(of: model) }

    /// Refuses to replace figures by some that support less: a card measured on a handful of people would answer nothing.
    ///
    /// - Parameters:
    ///   - new: The figures that are to replace the earlier ones.
    ///   - acceptsWeaker: Whether figures that support fewer false match rates are accepted nonetheless.
    /// - Throws: ``CardError``.
    public func checkSupport(of new: MatchCalibration, acceptsWeaker: Bool) throws {
        guard let lowest = new.lowestUsableRate else { throw CardError.unsupported(path) }
        guard !acceptsWeaker, let earlier = try card.calibration?.lowestUsableRate else { return }
        guard lowest > earlier * (1 + 1e-9) else { return }
        throw CardError.weaker(path, earlier: earlier, lowest: lowest)
    }

    /// Changes the card; everything else in it stays.
    ///
    /// - Throws: ``CardError`` if the file is another model's card, or can't be written.
    public func rewrite(of model: ModelCard, _ change: (inout ModelCard) -> Void) throws {
        var card = try card(of: model)
        change(&card)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(card) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw CardError.unwritable(path, reason: Reason.text(of: error))
        }
    }

    private func card(of model: ModelCard) throws -> ModelCard {
        let card = try card
        guard card.identity == model.identity else {
            throw CardError.ofOtherModel(path, card: "\(card.identity)", ran: "\(model.identity)")
        }
        return card
    }
}
