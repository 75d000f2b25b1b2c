public import Datasets
public import Evaluation
public import Recognition
public import Reports

/// Verification of templates, several pictures of a person together, in the shape of IJB-C's 1:1 (Maze et al., 2018):
/// `likeness evaluate templates`.
///
/// A template none of whose pictures has a face never matches.
public struct TemplatesEvaluation: Sendable {
    private var pictures: TemplatePictures
    private let weight: TemplateWeight
    private let figures: PairFigures
    private let reading: PictureReading
    /// The models that were measured, in their order.
    public private(set) var measured: [MeasuredPairs] = []

    /// An evaluation that has not measured any model yet.
    ///
    /// - Parameters:
    ///   - list: The templates and their pictures.
    ///   - pairs: Pairs of templates, by their names.
    ///   - weight: The weight of a picture among those of its template.
    ///   - figures: Which figures are computed.
    ///   - reading: How the pictures are read.
    public init(
        _ list: TemplateList, pairs: PairList, weight: TemplateWeight = .confidence,
        figures: PairFigures = PairFigures(), reading: PictureReading
    ) {
        pictures = TemplatePictures(list, pairs: pairs, in: reading.folder)
        (self.weight, self.figures, self.reading) = (weight, figures, reading)
    }

    /// How many pictures are read.
    public var pictureCount: Int { pictures.count }
    /// What is to be said of the pictures.
    public var notes: PictureNotes { pictures.pairs.notes }

    /// Measures a model and adds it to ``measured``.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public mutating func measure(by recognizer: Recognizer) async throws {
        let (comparisons, failures) = try await pictures.compare(by: recognizer, reading: reading, weight: weight)
        measured.append(
            MeasuredPairs(
                recognizer: recognizer,
                conditions: MeasurementConditions(recognizer, face: reading.selection, pictures.pairs),
                report: try PairsReport(
                    comparisons, folding: pictures.pairs.list.folding, failures: failures, rates: figures.rates,
                    thresholds: figures.thresholds, bootstrapRounds: figures.bootstrapRounds),
                // The card's figures are of single pictures: they promise nothing of templates.
                card: nil, comparisons: comparisons))
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
            contrasts, list: pictures.pairs.list, unit: "templates", selection: reading.selection,
            provenance: provenance
        ) { places, thumbnails, lines in await pictures.pairs(at: places, from: &thumbnails, lines: lines) }
    }
}
