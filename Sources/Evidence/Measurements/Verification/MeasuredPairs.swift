import Datasets
public import Evaluation
import Faces
import Foundation
import LikenessSupport
public import Recognition
import Reports

/// One model's figures of a list of pairs.
public struct MeasuredPairs: Sendable {
    /// What was measured.
    public let recognizer: Recognizer
    /// The networks and settings, and the pictures that were left out.
    public let conditions: MeasurementConditions
    /// The figures.
    public let report: PairsReport
    /// What the model's card promised, against these pairs; `nil` if it promises nothing of them.
    public let card: CardReport?
    /// In the list's order.
    public let comparisons: [Comparison]
}

extension [MeasuredPairs] {
    /// The first model beside each other one, on the same pairs; one less than there are models.
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

    /// The page of several models on the same pairs.
    ///
    /// - Parameters:
    ///   - contrasts: The first model beside each other one.
    ///   - list: The pairs.
    ///   - unit: What is compared: pictures, templates.
    ///   - selection: Which face stands for a picture.
    ///   - pictures: The pairs at some places, with the lines below each.
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

    /// What each model says of the pair at a place.
    private func similarities(at place: Int) -> [String] {
        map { entry in
            let model = entry.recognizer.embedder.card.name
            let similarity = entry.comparisons[place].similarity.map { decimal($0, 3) } ?? "none"
            return count == 1 ? "similarity \(similarity)" : "\(model): \(similarity)"
        }
    }
}
