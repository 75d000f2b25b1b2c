import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
import Reports

/// The results of one model on a list of pairs.
public struct MeasuredPairs: Sendable {
    /// The recognizer that was measured.
    public let recognizer: Recognizer
    /// The networks and settings, and the pictures that were left out.
    public let conditions: MeasurementConditions
    /// The report.
    public let report: PairsReport
    /// A test of the error rates in the model's card with these pairs; `nil` if the card has none that apply to them.
    public let card: CardReport?
    /// The comparisons, in the order of the list.
    public let comparisons: [Comparison]
}

extension [MeasuredPairs] {
    /// Compares the first model with each of the others on the same pairs.
    ///
    /// - Throws: `EvaluationError` if the models were not measured on the same pairs.
    public func contrasts(_ figures: PairFigures) throws -> [SystemContrast] {
        guard let first else { return [] }
        return try dropFirst().map { other in
            try SystemContrast(
                first: first.comparisons, second: other.comparisons, rates: figures.rates,
                rounds: figures.contrastRounds)
        }
    }

    /// Creates the report on several models on the same pairs.
    ///
    /// - Parameters:
    ///   - contrasts: The comparisons of the first model with each of the others.
    ///   - list: The pairs.
    ///   - unit: The unit of comparison: pictures or templates.
    ///   - selection: The face that represents a picture.
    ///   - pictures: Returns the pictures of the pairs at the given indices, with captions.
    func page(
        _ contrasts: [SystemContrast], list: PairList, unit: String, selection: FaceSelection, provenance: Provenance,
        pictures: (_ places: [Int], _ thumbnails: inout Thumbnails, _ lines: (Int) -> [String]) async -> [PicturePair]
    ) async throws -> Report {
        var measurements: [PairsMeasurement] = []
        for entry in self {
            var thumbnails = Thumbnails(entry.recognizer, selection: selection)
            let worst = WorstPairs.places(in: entry.comparisons, atMost: PairPictures.shown)
            measurements.append(
                PairsMeasurement(
                    model: MeasuredModel(
                        card: entry.recognizer.embedder.card, conditions: entry.conditions.facts),
                    report: entry.report, comparisons: entry.comparisons,
                    falseMatches: await pictures(worst.falseMatches, &thumbnails, similarities),
                    falseNonMatches: await pictures(worst.falseNonMatches, &thumbnails, similarities)))
        }
        let named = zip(measurements.dropFirst(), contrasts).map { other, contrast in
            ModelContrast(
                first: measurements[0].model.card.name, second: other.model.card.name, contrast: contrast)
        }
        return try Report(pairs: measurements, contrasts: named, list: list, unit: unit, provenance: provenance)
    }

    /// Returns the similarities of the pair at an index, one text for each model.
    private func similarities(at place: Int) -> [String] {
        map { entry in
            let model = entry.recognizer.embedder.card.name
            let similarity = entry.comparisons[place].similarity.map { decimal($0, 3) } ?? "none"
            return count == 1 ? "similarity \(similarity)" : "\(model): \(similarity)"
        }
    }
}
