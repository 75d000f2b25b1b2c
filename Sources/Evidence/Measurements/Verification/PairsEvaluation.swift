public import Datasets
public import Evaluation
import Faces
public import Foundation
public import Recognition
public import Reports

/// Verification on a list of pairs, by one model or by several: `likeness evaluate pairs`.
///
/// The threshold of a fold comes from the other folds. A picture without a face never matches. Pairs of pictures that can't be
/// read are left out for every model.
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
    /// The models that were measured, in their order.
    public private(set) var measured: [MeasuredPairs] = []

    /// An evaluation that has not measured any model yet.
    ///
    /// - Parameters:
    ///   - list: The pairs.
    ///   - probes: The folder of the second pictures, such as of altered ones; `nil` if all lie in one folder.
    ///   - figures: Which figures are computed.
    ///   - reading: How the pictures are read.
    public init(_ list: PairList, probes: URL? = nil, figures: PairFigures = PairFigures(), reading: PictureReading) {
        pictures = PairPictures(list, in: reading.folder, probes: probes)
        (self.figures, self.reading) = (figures, reading)
    }

    /// How many pictures the whole list names.
    public var pictureCount: Int { pictures.count }
    /// The pairs that are left.
    public var list: PairList { pictures.list }
    /// What is to be said of the pictures.
    public var notes: PictureNotes { pictures.pairs.notes }

    /// Measures a model and adds it to ``measured``.
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

    /// The first model beside each other one.
    public func contrasts() throws -> [SystemContrast] { try measured.contrasts(figures) }

    /// The page of the models that were measured.
    ///
    /// - Parameters:
    ///   - contrasts: As ``contrasts()`` gives them.
    ///   - provenance: The origin of the measurement.
    public func page(_ contrasts: [SystemContrast], provenance: Provenance) async throws -> Report {
        try await measured.page(
            contrasts, list: list, unit: "pictures", selection: reading.selection, provenance: provenance
        ) { places, thumbnails, lines in await pictures.pairs(at: places, from: &thumbnails, lines: lines) }
    }
}
