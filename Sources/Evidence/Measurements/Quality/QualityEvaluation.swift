public import Datasets
public import Evaluation
import Faces
public import Recognition

/// Measures what it is worth to refuse the faces with the lowest quality, compared with other criteria: `likeness
/// evaluate quality`.
///
/// All pairs of one person's pictures are compared at one threshold. Then a share of the faces is refused, and the
/// false non-match rate of the rest is measured. Pictures without a face are left out and counted.
public struct QualityEvaluation: Sendable {
    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The similarity from which two pictures match.
        public let threshold: Float
        /// The origin of the threshold.
        public let source: GroupThreshold
        /// The number of pictures, including altered copies.
        public let pictures: Int
        /// The number of these that have no face or can't be read.
        public let failedImages: Int
        /// The curves; the quality is the first criterion.
        public let report: ErrorDiscardReport
    }

    private let source: GroupThreshold
    private let isAltered: Bool
    private let shares: [Double]
    private let bootstrapRounds: Int
    private let seed: UInt64

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - source: The origin of the threshold.
    ///   - isAltered: Whether an altered copy of each picture is measured too: at another size, masked, darkened or
    ///     blurred, in turn.
    ///   - shares: The shares of faces to refuse, each 0..<1.
    ///   - bootstrapRounds: The number of times people are resampled for intervals; 0 for no intervals.
    ///   - seed: The seed of the resampling.
    public init(
        threshold source: GroupThreshold = .card(falseMatchRate: 1e-3), isAltered: Bool = false,
        shares: [Double] = ErrorDiscardReport.usualShares, bootstrapRounds: Int = 1000, seed: UInt64 = 1
    ) {
        (self.source, self.isAltered, self.shares) = (source, isAltered, shares)
        (self.bootstrapRounds, self.seed) = (bootstrapRounds, seed)
    }

    /// Embeds the pictures and measures the curves.
    ///
    /// - Throws: ``MeasurementError``, also if no quality network is installed; `EvaluationError`; `FaceError` if the
    ///   card can't support the rate; errors of the engine.
    public func measure(
        _ pictures: [IdentityList.Picture], reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        guard recognizer.finder.qualityEstimator != nil else { throw MeasurementError.noQuality }
        let card = recognizer.embedder.card
        var threshold = try source.threshold(of: card)
        var faces = FoundPictures()
        let variants = isAltered ? PictureVariant.calibration : [.original]
        let copies = variants.filter { $0.alteration != nil }
        for (number, variant) in variants.enumerated() {
            let chosen = pictures.indices.filter { index in
                number == 0 || index % copies.count == number - 1
            }
            try await faces.add(
                chosen.map { pictures[$0] }, sources: chosen, variant, reading: reading, by: recognizer)
        }
        if threshold == nil, let rate = source.rate {
            let natural = faces.faces.filter(\.isOriginal)
            threshold = try await GroupComparisons(
                embeddings: natural.map(\.face.embedding.values), dimension: recognizer.embedder.dimension,
                people: natural.map(\.person)
            ).threshold(falseMatchRate: rate)
        }
        guard let threshold else { preconditionFailure("a threshold is known, or has a rate") }
        let contexts = faces.faces.map(\.face.context)
        let scores = FaceCriterion.allCases.compactMap { criterion in
            criterion.scores(of: contexts).map { (name: criterion.rawValue, values: $0) }
        }
        let report = try ErrorDiscardReport(
            scores, of: faces.matedPairs(threshold: threshold), shares: shares, rounds: bootstrapRounds, seed: seed)
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, faces.notes),
            threshold: threshold, source: source, pictures: faces.count,
            failedImages: faces.count - faces.faces.count, report: report)
    }
}

/// The faces found in pictures and in altered copies of them.
private struct FoundPictures {
    struct Found {
        let person: String
        /// The picture's place in the list; a copy has that of its original.
        let source: Int
        let isOriginal: Bool
        let face: EmbeddedFace
    }

    var faces: [Found] = []
    var notes = PictureNotes()
    /// The number of pictures, also without a face.
    var count = 0

    mutating func add(
        _ pictures: [IdentityList.Picture], sources: [Int], _ variant: PictureVariant, reading: PictureReading,
        by recognizer: Recognizer
    ) async throws {
        guard !pictures.isEmpty else { return }
        let isOriginal = variant.alteration == nil
        let results = try await reading.faces(
            of: pictures.map(\.file), at: pictures.map { IdentityList.url(of: $0, in: reading.folder) },
            by: recognizer, altered: variant.alteration,
            unit: isOriginal ? "pictures" : "pictures (\(variant.name))")
        if isOriginal { notes.add(results.notes) }
        count += pictures.count
        for (place, face) in results.readable {
            guard let face, let person = pictures[place].identity else { continue }
            faces.append(Found(person: person, source: sources[place], isOriginal: isOriginal, face: face))
        }
    }

    /// Compares all faces of each person, but no picture with its own copy.
    func matedPairs(threshold: Float) throws -> MatedPairs {
        var pairs: [MatedPairs.Pair] = []
        for (_, places) in Dictionary(grouping: faces.indices, by: { faces[$0].person }).sorted(by: { $0.key < $1.key })
        {
            for (number, first) in places.enumerated() {
                for second in places[(number + 1)...] where faces[first].source != faces[second].source {
                    let similarity = try faces[first].face.embedding.similarity(to: faces[second].face.embedding)
                    pairs.append(MatedPairs.Pair(first, second, isFalseNonMatch: similarity < threshold))
                }
            }
        }
        return MatedPairs(people: faces.map(\.person), pairs: pairs)
    }
}
