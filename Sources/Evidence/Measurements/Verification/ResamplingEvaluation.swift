public import Datasets
public import Evaluation
public import Recognition

/// Verification under several divisions of the people: `likeness evaluate resampling`.
///
/// Only the threshold is learned here, not the network. Pictures without a face are left out and counted.
public struct ResamplingEvaluation: Sendable {
    /// What was found.
    public struct Result: Sendable {
        /// The networks and settings, and the pictures that were left out.
        public let conditions: MeasurementConditions
        /// How many people have a picture with a face.
        public let people: Int
        /// How many pictures have a face.
        public let pictures: Int
        /// Pictures without a face, and those that can't be read: they are in no pair.
        public let failedImages: Int
        /// The figures, in the order of the divisions.
        public let verifications: [ResampledVerification]
    }

    private let divisions: [ResamplingProtocol]
    private let pairs: Int
    private let seeds: [UInt64]

    /// Creates an evaluation.
    ///
    /// - Parameters:
    ///   - divisions: How people are divided.
    ///   - pairs: How many pairs of one person of a side are taken at most, and as many of two; 1 or more.
    ///   - seeds: One for each division; at least one.
    public init(_ divisions: [ResamplingProtocol], pairs: Int = 3000, seeds: [UInt64] = [1, 2, 3, 4, 5]) {
        (self.divisions, self.pairs, self.seeds) = (divisions, pairs, seeds)
    }

    /// Embeds the pictures and decides the pairs of each division.
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
