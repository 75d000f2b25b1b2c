public import Datasets
public import Evaluation
import Faces
public import Foundation
public import Recognition
public import Reports

/// Evaluates verification on a list of pairs, with one or more models: `likeness evaluate pairs`.
///
/// The threshold for each fold is chosen on the other folds. A picture without a face never matches. Pairs with
/// pictures that can't be read are left out for every model.
///
/// ```swift
/// let list = try PairList(contentsOf: folder.appending(path: "pairs.txt"))
/// var evaluation = PairsEvaluation(list, reading: PictureReading(folder: folder))
/// try await evaluation.measure(by: recognizer)
/// for measured in evaluation.measured { print(measured.report.table) }
/// ```
public struct PairsEvaluation: Sendable {
    private var pictures: PairPictures
    private let figures: PairFigures
    private let reading: PictureReading
    /// The results of the models, in the order in which they were measured.
    public private(set) var measured: [MeasuredPairs] = []

    /// Creates an evaluation, for which no model is measured yet.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - probes: The folder of the second pictures, such as altered ones; `nil` if all are in the same folder.
    ///   - figures: The results to compute.
    ///   - reading: How the pictures are read.
    public init(_ list: PairList, probes: URL? = nil, figures: PairFigures = PairFigures(), reading: PictureReading) {
        pictures = PairPictures(list, in: reading.folder, probes: probes)
        (self.figures, self.reading) = (figures, reading)
    }

    /// The number of pictures in the whole list.
    public var pictureCount: Int { pictures.count }
    /// The remaining pairs.
    public var list: PairList { pictures.list }
    /// Notes on the pictures.
    public var notes: PictureNotes { pictures.pairs.notes }

    /// Measures a model and adds its results to ``measured``.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public mutating func measure(by recognizer: Recognizer) async throws {
        let (conditioned, failures) = try await pictures.compare(by: recognizer, reading: reading)
        let comparisons = conditioned.map(\.comparison)
        measured.append(
            MeasuredPairs(
                recognizer: recognizer,
                conditions: MeasurementConditions(recognizer, face: reading.selection, pictures.pairs),
                report: try PairsReport(
                    comparisons, folding: pictures.list.folding, failures: failures, rates: figures.rates,
                    thresholds: figures.thresholds, bootstrapRounds: figures.bootstrapRounds),
                card: try CardReport(recognizer.embedder.card, on: conditioned, rates: figures.rates),
                comparisons: comparisons))
    }

    /// Compares the first model with each of the others.
    public func contrasts() throws -> [SystemContrast] { try measured.contrasts(figures) }

    /// Creates the report on the measured models.
    ///
    /// - Parameters:
    ///   - contrasts: The result of ``contrasts()``.
    ///   - provenance: The origin of the measurement.
    public func page(_ contrasts: [SystemContrast], provenance: Provenance) async throws -> Report {
        try await measured.page(
            contrasts, list: list, unit: "pictures", selection: reading.selection, provenance: provenance
        ) { places, thumbnails, lines in await pictures.pairs(at: places, from: &thumbnails, lines: lines) }
    }
}
