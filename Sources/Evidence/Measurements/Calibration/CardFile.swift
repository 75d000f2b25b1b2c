public import Faces
import Foundation
import LikenessSupport

/// A file with a model card that figures are put into.
public struct CardFile: Sendable {
    private let path: String

    /// Reads the card before the work, so that errors in it are found then.
    ///
    /// - Throws: ``MeasurementError/unusableCard(_:)``, which names the file and what is wrong with it.
    public init(_ path: String) throws {
        self.path = path
        _ = try card
    }

    /// The card as it is in the file.
    ///
    /// - Throws: ``MeasurementError/unusableCard(_:)``: no such file, unreadable, or no card.
    public var card: ModelCard {
        get throws {
            let data: Data
            do {
                data = try Data(contentsOf: URL(filePath: path))
            } catch {
                let exists = FileManager.default.fileExists(atPath: path)
                throw MeasurementError.unusableCard(
                    exists ? .unreadable(path, reason: Reason.text(of: error)) : .missing(path))
            }
            do {
                return try JSONDecoder().decode(ModelCard.self, from: data)
            } catch {
                throw MeasurementError.unusableCard(
                    .malformed(path, reason: Reason.text(of: error, decoding: ModelCard.self, from: data)))
            }
        }
    }

    /// Makes sure that the card is `model`'s.
    ///
    /// - Throws: ``MeasurementError/unusableCard(_:)``.
    public func check(isOf model: ModelCard) throws { _ = try card(of: model) }

    /// Refuses to replace figures by some that support less: a card measured on a handful of people would answer nothing.
    ///
    /// - Parameter acceptsWeaker: Whether figures that support fewer false match rates are accepted nonetheless.
    /// - Throws: ``MeasurementError/unusableCard(_:)``.
    public func checkSupport(of new: MatchCalibration, acceptsWeaker: Bool) throws {
        guard let lowest = new.lowestUsableRate else { throw MeasurementError.unusableCard(.unsupported(path)) }
        guard !acceptsWeaker, let earlier = try card.calibration?.lowestUsableRate else { return }
        guard lowest > earlier * (1 + 1e-9) else { return }
        throw MeasurementError.unusableCard(.weaker(path, earlier: earlier, lowest: lowest))
    }

    /// Changes the card; everything else in it stays.
    ///
    /// - Throws: ``MeasurementError/unusableCard(_:)`` if the file is another model's card, or can't be written.
    public func rewrite(of model: ModelCard, _ change: (inout ModelCard) -> Void) throws {
        var card = try card(of: model)
        change(&card)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try (encoder.encode(card) + Data("\n".utf8)).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw MeasurementError.unusableCard(.unwritable(path, reason: Reason.text(of: error)))
        }
    }

    private func card(of model: ModelCard) throws -> ModelCard {
        let card = try card
        guard card.identity == model.identity else {
            throw MeasurementError.unusableCard(
                .ofOtherModel(path, card: "\(card.identity)", ran: "\(model.identity)"))
        }
        return card
    }
}

/// Why figures can't be put into a file with a model card.
public enum CardProblem: Hashable, Sendable, CustomStringConvertible {
    /// There is no file; its path.
    case missing(String)
    /// The file can't be read.
    case unreadable(String, reason: String)
    /// The file is no card.
    case malformed(String, reason: String)
    /// The file can't be written.
    case unwritable(String, reason: String)
    /// It is the card of another model.
    case ofOtherModel(String, card: String, ran: String)
    /// The new figures support no false match rate.
    case unsupported(String)
    /// The new figures support fewer false match rates than those in the card.
    case weaker(String, earlier: Double, lowest: Double)

    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .missing(let path): "there is no file at \(path): check the path"
        case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
        case .malformed(let path, let reason): "\(path) is no model card: \(reason)"
        case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
        case .ofOtherModel(let path, let card, let ran): "\(path) is the card of \(card), and \(ran) ran"
        case .unsupported(let path):
            "the new figures support no false match rate at all: \(path) stays as it is; measure on more people"
        case .weaker(let path, let earlier, let lowest):
            "\(path) supports false match rates down to \(String(format: "%g", earlier)), and the new figures only down to "
                + "\(String(format: "%g", lowest)): measure on more people, or replace the figures nonetheless with "
                + "--accept-weaker"
        }
    }
}
