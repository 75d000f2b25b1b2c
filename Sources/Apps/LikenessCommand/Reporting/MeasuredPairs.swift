import Datasets
import Evaluation
import Faces
import Foundation
import Recognition
import Reports

/// What a model says of a list of pairs.
struct MeasuredPairs {
    var recognizer: Recognizer
    var record: PairsRecord.Model
    /// In the list's order.
    var comparisons: [Comparison]
}

extension PairsRecord {
    /// The figures of several models, and what the first one and each other one differ in.
    init(_ measured: [MeasuredPairs], figures: PairFigureOptions) throws {
        var contrasts: [Contrast] = []
        if let first = measured.first {
            for other in measured.dropFirst() {
                let contrast = try SystemContrast(
                    first: first.comparisons, second: other.comparisons, rates: figures.rates,
                    rounds: figures.contrastRounds)
                contrasts.append(
                    Contrast(
                        first: first.record.conditions.model, second: other.record.conditions.model,
                        contrast: contrast))
            }
        }
        self.init(models: measured.map(\.record), comparisons: contrasts)
    }
}

extension Report {
    /// The page of several models on the same pairs.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - unit: What is compared: pictures, templates.
    ///   - selection: Which face stands for a picture.
    ///   - pictures: The pairs at some places, with what stands below each.
    init(
        _ measured: [MeasuredPairs], _ record: PairsRecord, list: PairList, unit: String,
        selection: FaceSelection,
        provenance: Provenance,
        pictures: (_ places: [Int], _ thumbnails: inout Thumbnails, _ lines: (Int) -> [String]) async ->
            [PicturePair]
    ) async throws {
        var measurements: [PairsMeasurement] = []
        for entry in measured {
            var thumbnails = Thumbnails(entry.recognizer, selection: selection)
            let worst = WorstPairs.places(in: entry.comparisons, atMost: PairPictures.shown)
            func lines(_ place: Int) -> [String] { Self.similarities(measured, at: place) }
            measurements.append(
                PairsMeasurement(
                    model: MeasuredModel(
                        card: entry.recognizer.embedder.card, conditions: entry.record.conditions.facts),
                    report: entry.record.report, comparisons: entry.comparisons,
                    falseMatches: await pictures(worst.falseMatches, &thumbnails, lines),
                    falseNonMatches: await pictures(worst.falseNonMatches, &thumbnails, lines)))
        }
        let contrasts = zip(measurements.dropFirst(), record.comparisons).map { other, entry in
            ModelContrast(
                first: measurements[0].model.card.name, second: other.model.card.name,
                contrast: entry.contrast)
        }
        try self.init(
            pairs: measurements, contrasts: contrasts, list: list, unit: unit, provenance: provenance)
    }

    /// What each model says of the pair at a place.
    private static func similarities(_ measured: [MeasuredPairs], at place: Int) -> [String] {
        measured.map { entry in
            let model = entry.recognizer.embedder.card.name
            let similarity =
                entry.comparisons[place].similarity.map { String(format: "%.3f", $0) } ?? "none"
            return measured.count == 1 ? "similarity \(similarity)" : "\(model): \(similarity)"
        }
    }
}
