public import Datasets
public import Evaluation
public import Recognition
public import Reports

/// Evaluates verification of templates, each of which combines several pictures of a person, as in the 1:1 protocol of
/// IJB-C (Maze et al., 2018): `likeness evaluate templates`.
///
/// A template never matches if none of its pictures has a face.
public struct TemplatesEvaluation: Sendable {
    private var pictures: TemplatePictures
    private let weight: TemplateWeight
    private let figures: PairFigures
    private let reading: PictureReading
    /// The results of the models, in the order in which they were measured.
    public private(set) var measured: [MeasuredPairs] = []

    /// Creates an evaluation, for which no model is measured yet.
    ///
    /// - Parameters:
    ///   - list: The templates and their pictures.
    ///   - pairs: The pairs of templates, given by their names.
    ///   - weight: The weight of a picture in its template.
    ///   - figures: The results to compute.
    ///   - reading: How the pictures are read.
    public init(
        _ list: TemplateList, pairs: PairList, weight: TemplateWeight = .confidence,
        figures: PairFigures = PairFigures(), reading: PictureReading
    ) {
        pictures = TemplatePictures(list, pairs: pairs, in: reading.folder)
        (self.weight, self.figures, self.reading) = (weight, figures, reading)
    }

    /// The number of pictures that are read.
    public var pictureCount: Int { pictures.count }
    /// Notes on the pictures.
    public var notes: PictureNotes { pictures.pairs.notes }

    /// Measures a model and adds its results to ``measured``.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public mutating func measure(by recognizer: Recognizer) async throws {
        if weight == .quality, recognizer.finder.qualityEstimator == nil { throw MeasurementError.noQuality }
        let (comparisons, failures) = try await pictures.compare(by: recognizer, reading: reading, weight: weight)
        measured.append(
            MeasuredPairs(
                recognizer: recognizer,
                conditions: MeasurementConditions(recognizer, face: reading.selection, pictures.pairs),
                report: try PairsReport(
                    comparisons, folding: pictures.pairs.list.folding, failures: failures, rates: figures.rates,
                    thresholds: figures.thresholds, bootstrapRounds: figures.bootstrapRounds),
                // The error rates in the card were measured on single pictures and don't apply to templates.
                card: nil, comparisons: comparisons))
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
            contrasts, list: pictures.pairs.list, unit: "templates", selection: reading.selection,
            provenance: provenance
        ) { places, thumbnails, lines in await pictures.pairs(at: places, from: &thumbnails, lines: lines) }
    }
}
