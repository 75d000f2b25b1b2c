public import Datasets
public import Explanations
import Faces
import LikenessSupport
public import Recognition

/// Tests whether an explainer's maps are correct: does hiding the parts that they mark as important reduce the
/// similarity? `likeness evaluate explanations`.
///
/// For each mated pair, a map of the first face is computed. `TruthTest` hides its most important cells, and other
/// cells for comparison.
public struct ExplanationsEvaluation: Sendable {
    /// A pair for which no map could be computed.
    public struct FailedPair: Codable, Hashable, Sendable {
        /// The first picture, as the list names it.
        public let imageA: String
        /// The second picture.
        public let imageB: String
        /// The reason, in one sentence.
        public let reason: String
    }

    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that can't be read.
        public let conditions: MeasurementConditions
        /// The report.
        public let report: TruthReport
        /// The share of a face that is hidden, 0...1.
        public let share: Float
        /// The number of random controls for each map.
        public let draws: Int
        /// The median time for a map, in seconds.
        public let secondsPerMap: Double
        /// The number of embeddings for a map.
        public let embeddingsPerMap: Int
        /// Pairs with a picture that can't be read or in which no face is found.
        public let failures: [FailedPair]
    }

    private let count: Int
    private let method: ExplanationMethod
    private let fill: HidingFill

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - count: The number of mated pairs used, at least 1, evenly spaced over the list.
    ///   - method: The method by which maps are computed.
    ///   - fill: The content that replaces a hidden part.
    public init(
        count: Int = 500, method: ExplanationMethod = Explainer.usualMethod, fill: HidingFill = Explainer.usualFill
    ) {
        precondition(count > 0, "at least one pair is needed")
        (self.count, self.method, self.fill) = (count, method, fill)
    }

    /// Computes the maps and tests them.
    ///
    /// - Throws: ``MeasurementError/nothingUsable(count:unit:first:)`` if no map could be made; errors of the engine;
    ///   `CancellationError`.
    public func measure(_ list: PairList, reading: PictureReading, by recognizer: Recognizer) async throws -> Result {
        let mated = list.pairs.filter(\.isMated).spread(count)
        let test = TruthTest(Explainer(recognizer.embedder, method: method, fill: fill))
        var tried = TriedPairs(test: test, recognizer: recognizer, reading: reading)
        reading.observer.observe(.began(count: mated.count, unit: "pairs"))
        do {
            defer { reading.observer.observe(.ended) }
            for (index, pair) in mated.enumerated() {
                try Task.checkCancellation()
                reading.observer.observe(.advanced(failed: try await !tried.add(pair, index: index)))
            }
        }
        reading.observer.observe(.read(tried.notes, count: 2 * mated.count, unit: "pictures"))
        guard !tried.trials.isEmpty else {
            throw MeasurementError.nothingUsable(
                count: mated.count, unit: "mated pairs",
                first: tried.failures.first?.reason ?? "the list has no mated pairs")
        }
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, tried.notes),
            report: try TruthReport(tried.trials), share: test.share, draws: test.draws,
            secondsPerMap: tried.times.sorted()[tried.times.count / 2], embeddingsPerMap: method.masks.count + 1,
            failures: tried.failures)
    }
}

extension Array {
    /// Returns at most `count` of the elements, evenly spaced.
    package func spread(_ count: Int) -> [Element] {
        count >= self.count ? self : (0..<count).map { self[$0 * self.count / count] }
    }
}
