public import Datasets
public import Evaluation
import Faces
public import Recognition

/// A model's card held against other people than those of its calibration: stated against observed false match rates, and
/// probabilities: `likeness evaluate decisions`.
public struct DecisionsEvaluation: Sendable {
    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The figures.
        public let report: PromisesReport
    }

    private let rates: [Double]
    private let altered: Int
    private let seed: UInt64

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - rates: The stated false match rates, each between 0 and 1.
    ///   - altered: How many people are shown in other ways, up to two photographs each.
    ///   - seed: Another seed, other people.
    public init(falseMatchRates rates: [Double] = [1e-2, 1e-3], altered: Int = 800, seed: UInt64 = 1) {
        (self.rates, self.altered, self.seed) = (rates, altered, seed)
    }

    /// Embeds the photographs as they are and in other ways, and compares them.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of grown-ups.
    ///   - children: Pictures of children, one a child: only false matches are measured on them.
    ///   - reading: How the pictures are read.
    ///   - recognizer: Finds the faces and embeds them.
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine.
    public func measure(
        _ photographs: [IdentityList.Picture], children: [IdentityList.Picture] = [], reading: PictureReading,
        by recognizer: Recognizer
    ) async throws -> Result {
        let card = recognizer.embedder.card
        var shown = ShownPictures(reading: reading, recognizer: recognizer)
        try await shown.add(photographs, altered: altered, seed: seed)
        if !children.isEmpty { try await shown.add(children: children) }
        reading.observer.observe(.remark("comparing"))
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, shown.notes),
            report: try PromisesReport(card, on: shown.comparisons, rates: rates, seed: seed))
    }
}
