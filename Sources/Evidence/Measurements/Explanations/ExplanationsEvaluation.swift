public import Datasets
public import Explanations
import Faces
import LikenessSupport
public import Recognition

/// Whether the maps of an explainer are true: does hiding the parts that they call important lose similarity?
/// `likeness evaluate explanations`.
///
/// Of each mated pair the first face gets a map; `TruthTest` hides its most important cells, and others.
public struct ExplanationsEvaluation: Sendable {
    /// A pair of which no map was made.
    public struct FailedPair: Codable, Hashable, Sendable {
        /// The first picture, as the list names it.
        public let imageA: String
        /// The second picture.
        public let imageB: String
        /// One sentence.
        public let reason: String
    }

    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that can't be read.
        public let conditions: MeasurementConditions
        /// The figures.
        public let report: TruthReport
        /// The share of a face that is hidden, 0...1.
        public let share: Float
        /// How often chance is drawn for each map.
        public let draws: Int
        /// The middle one of the maps' times, in seconds.
        public let secondsPerMap: Double
        /// How often the embedder runs for a map.
        public let embeddingsPerMap: Int
        /// Pairs with a picture that can't be read or has no face.
        public let failures: [FailedPair]
    }

    private let count: Int
    private let method: ExplanationMethod
    private let fill: HidingFill

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - count: How many of the mated pairs are taken, spread evenly over the list; 1 or more.
    ///   - method: How maps are found.
    ///   - fill: What a hidden part is replaced by.
    public init(
        count: Int = 500, method: ExplanationMethod = Explainer.usualMethod, fill: HidingFill = Explainer.usualFill
    ) {
        precondition(count > 0, "a pair or more")
        (self.count, self.method, self.fill) = (count, method, fill)
    }

    /// Makes the maps and tries them.
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
                first: tried.failures.first?.reason ?? "the list has no mated pair")
        }
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, tried.notes),
            report: try TruthReport(tried.trials), share: test.share, draws: test.draws,
            secondsPerMap: tried.times.sorted()[tried.times.count / 2], embeddingsPerMap: method.masks.count + 1,
            failures: tried.failures)
    }
}

extension Array {
    /// At most `count` of the elements, spread evenly.
    func spread(_ count: Int) -> [Element] {
        count >= self.count ? self : (0..<count).map { self[$0 * self.count / count] }
    }
}
