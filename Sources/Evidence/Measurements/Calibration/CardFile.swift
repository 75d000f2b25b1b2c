public import Faces
import Foundation
import LikenessSupport

/// A file with a model card, to which a calibration is written.
public struct CardFile: Sendable {
    private let path: String

    /// Reads the card before the measurement, so that errors in it are found early.
    ///
    /// - Throws: ``CardError``, which names the file and the problem.
    public init(_ path: String) throws {
        self.path = path
        _ = try card
    }

    /// The current card in the file.
    ///
    /// - Throws: ``CardError`` if the file does not exist, can't be read, or is not a card.
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

    /// Checks that the card belongs to `model`.
    ///
    /// - Throws: ``CardError``.
    public func check(isOf model: ModelCard) throws { _ = try card(of: model) }

    /// Checks that a new calibration supports all false match rates of the earlier one. Otherwise a card measured on a
    /// few people could make most decisions impossible.
    ///
    /// - Parameters:
    ///   - new: The calibration that replaces the earlier one.
    ///   - acceptsWeaker: Whether a calibration that supports fewer false match rates is accepted.
    /// - Throws: ``CardError``.
    public func checkSupport(of new: MatchCalibration, acceptsWeaker: Bool) throws {
        guard let lowest = new.lowestUsableRate else { throw CardError.unsupported(path) }
        guard !acceptsWeaker, let earlier = try card.calibration?.lowestUsableRate else { return }
        guard lowest > earlier * (1 + 1e-9) else { return }
        throw CardError.weaker(path, earlier: earlier, lowest: lowest)
    }

    /// Changes some fields of the card; all other fields are kept.
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
