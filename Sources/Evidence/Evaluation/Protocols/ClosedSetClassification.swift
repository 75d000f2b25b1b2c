/// Closed-set identification by a softmax classifier on embeddings, over several divisions of the pictures.
///
/// FFSSA-GAN (Ghani et al., 2024), Karamizadeh et al. (2025) and DS-AEAN (2025) report recognition in this form. Some
/// pictures of each person are used for training, the others for testing. The strength of the regularization (the
/// ridge) is chosen on a part of the training pictures, never on the test pictures. For comparison, each test picture
/// is also assigned to the person whose training pictures have the most similar mean: a gallery without any training.
public struct ClosedSetClassification: Hashable, Sendable {
    /// A picture for training or testing.
    public struct Picture: Hashable, Sendable {
        /// The person in it.
        public let person: String
        /// The embedding, of unit length.
        public let embedding: [Float]
        /// The embedding for testing: its own or an altered copy's.
        ///
        /// `nil` if the copy has no face, which counts as never recognized.
        public let tested: [Float]?

        /// Creates a picture that is tested unaltered or by an altered copy.
        public init(person: String, embedding: [Float], tested: [Float]?) {
            (self.person, self.embedding, self.tested) = (person, embedding, tested)
        }
    }

    /// The division into training and test pictures.
    public enum Division: Hashable, Sendable {
        /// This share of each person's pictures, 0...1, is used for training; rounded, but at least one and not all.
        case share(Double)
        /// Each picture is tested once, by a classifier trained on the other folds.
        case folds(Int)
    }

    /// A decision on a picture.
    ///
    /// People are indices in ``ClosedSetClassification/people``.
    public struct Decision: Hashable, Sendable {
        /// The picture's index in the given list.
        public let picture: Int
        /// The person in it.
        public let person: Int
        /// The person that the softmax classifier predicts; `nil` for a picture without a face.
        public let classifier: Int?
        /// The person with the nearest mean.
        public let template: Int?
    }

    /// The result of one division of the pictures; with folds, of all folds together.
    public struct Run: Hashable, Sendable {
        /// The seed of the division.
        public let seed: UInt64
        /// The chosen ridges, one for each fold.
        public let ridges: [Double]
        /// The decisions on the tested pictures.
        public let decisions: [Decision]
        /// The measures of the softmax classifier.
        public let classifier: ClassifierReport
        /// The measures of the nearest mean.
        public let template: ClassifierReport
        /// The test of the difference between the nearest mean (first) and the classifier (second).
        public let mcNemar: McNemarTest
    }

    /// The people, by name.
    public let people: [String]
    /// The number of their pictures.
    public let pictures: Int
    /// The number of pictures of people without a second one, who are not in the closed set.
    public let leftOut: Int
    /// The division of the pictures.
    public let division: Division
    /// The runs, one for each seed.
    public let runs: [Run]
    /// The accuracy of the nearest mean (first) and of the classifier (second) over all runs, with the difference's
    /// interval.
    ///
    /// The interval is computed by resampling people, because the pictures of a person, and one picture in several
    /// runs, are not independent.
    public let difference: PairedComparison.Difference

    /// The default ridges, for embeddings of unit length.
    public static let usualRidges = [1, 0.1, 0.01, 0.001]

    /// Fits and tests classifiers.
    ///
    /// - Parameters:
    ///   - pictures: Pictures of people; those of people with one picture are left out.
    ///   - division: The division into training and test data.
    ///   - ridges: Positive ridges to choose from.
    ///   - seeds: The seeds, one for each division, at least one.
    ///   - ranks: The number of ranks to report.
    ///   - rounds: The number of bootstrap rounds for the difference's interval.
    ///   - workers: The number of processors to use; all of them if `nil`.
    ///   - advance: Called after each classifier: one for each seed, or for each fold of each seed.
    /// - Throws: ``EvaluationError/tooFewPictures(needed:)`` if fewer than two people have two pictures; errors of fits
    ///   and divisions; `CancellationError` if the task is canceled.
    public init(
        _ pictures: [Picture], division: Division, ridges: [Double] = usualRidges, seeds: [UInt64] = [1],
        ranks: Int = 20, rounds: Int = 2000, workers: Int? = nil,
        advance: () -> Void = {}
    ) async throws {
        precondition(!ridges.isEmpty && ridges.allSatisfy { $0 > 0 }, "at least one ridge is needed, all positive")
        precondition(!seeds.isEmpty, "at least one seed is needed")
        let counts = pictures.reduce(into: [String: Int]()) { $0[$1.person, default: 0] += 1 }
        let people = counts.filter { $0.value > 1 }.keys.sorted()
        guard people.count > 1 else { throw EvaluationError.tooFewPictures(needed: 2) }
        self.people = people
        self.division = division
        let numbers = Dictionary(uniqueKeysWithValues: people.enumerated().map { ($1, $0) })
        let places = pictures.indices.filter { numbers[pictures[$0].person] != nil }
        self.pictures = places.count
        leftOut = pictures.count - places.count
        let samples = places.map { place in
            ClassifiedSample(
                place: place, label: numbers[pictures[place].person] ?? 0, embedding: pictures[place].embedding,
                tested: pictures[place].tested)
        }
        let fitting = ClassifierFitting(
            people: people, ridges: ridges.sorted(by: >), ranks: ranks, workers: workers)
        var runs: [Run] = []
        for seed in seeds {
            runs.append(try await fitting.run(samples, division: division, seed: seed, advance: advance))
        }
        self.runs = runs
        let decisions = runs.flatMap(\.decisions)
        difference = try PairedComparison.Difference(
            "accuracy", rightly: decisions.map { $0.template == $0.person },
            and: decisions.map { $0.classifier == $0.person },
            subjects: decisions.map { people[$0.person] }, rounds: rounds)
    }
}
