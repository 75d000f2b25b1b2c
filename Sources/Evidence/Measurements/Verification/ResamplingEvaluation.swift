public import Datasets
public import Evaluation
public import Recognition

/// Evaluates verification with several divisions of the people: `likeness evaluate resampling`.
///
/// Only the threshold is chosen in each division; the network is not trained again. Pictures without a face are left
/// out and counted.
public struct ResamplingEvaluation: Sendable {
    /// The result of the evaluation.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// The number of people who have a picture with a face.
        public let people: Int
        /// The number of pictures with a face.
        public let pictures: Int
        /// The number of pictures that have no face or can't be read. They are not in any pair.
        public let failedImages: Int
        /// The results, in the order of the divisions.
        public let verifications: [ResampledVerification]
    }

    private let divisions: [ResamplingProtocol]
    private let pairs: Int
    private let seeds: [UInt64]

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - divisions: The ways of dividing the people.
    ///   - pairs: The maximum number of mated pairs on each side of a division, at least 1; the same number of impostor
    ///     pairs is used.
    ///   - seeds: The seeds, at least one; each gives a division.
    public init(_ divisions: [ResamplingProtocol], pairs: Int = 3000, seeds: [UInt64] = [1, 2, 3, 4, 5]) {
        (self.divisions, self.pairs, self.seeds) = (divisions, pairs, seeds)
    }

    /// Embeds the pictures and evaluates the pairs of each division.
    ///
    /// - Throws: ``MeasurementError``; `EvaluationError`; errors of the engine; `CancellationError`.
    public func measure(
        _ pictures: [IdentityList.Picture], reading: PictureReading, by recognizer: Recognizer
    ) async throws -> Result {
        let people = try await EmbeddedPeople(pictures, reading: reading, by: recognizer)
        let samples = people.faces.indices.compactMap { place in
            people.faces[place].map { face in
                PairSample.Picture(person: people.labels[place], source: place, kind: 0, face: face)
            }
        }
        var verifications: [ResampledVerification] = []
        for division in divisions {
            try Task.checkCancellation()
            verifications.append(
                try ResampledVerification(samples, division: division, pairs: pairs, seeds: seeds))
        }
        return Result(
            conditions: MeasurementConditions(recognizer, face: reading.selection, people.notes),
            people: Set(samples.map(\.person)).count, pictures: samples.count, failedImages: people.failed,
            verifications: verifications)
    }
}
