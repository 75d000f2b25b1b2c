public import Datasets
public import Evaluation
import Faces
public import Recognition

/// Tests a model's card on people other than those of its calibration: compares the stated with the observed false
/// match rates, and the probabilities with the outcomes. `likeness evaluate decisions`.
public struct DecisionsEvaluation: Sendable {
    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The report.
        public let report: PromisesReport
    }

    private let rates: [Double]
    private let altered: Int
    private let seed: UInt64

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - rates: The stated false match rates, each between 0 and 1.
    ///   - altered: The number of people whose photographs are also altered, up to two photographs each.
    ///   - seed: The seed for the choice of people.
    public init(falseMatchRates rates: [Double] = [1e-2, 1e-3], altered: Int = 800, seed: UInt64 = 1) {
        (self.rates, self.altered, self.seed) = (rates, altered, seed)
    }

    /// Embeds the photographs, unaltered and altered, and compares them.
    ///
    /// - Parameters:
    ///   - photographs: Photographs of adults.
    ///   - children: Pictures of children, one of each child. Only false matches are measured on them.
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
