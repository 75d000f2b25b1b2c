/// Closed-set identification by a softmax classifier on embeddings, over several divisions of the pictures: what papers
/// A, B and C report of recognition.
///
/// Of each person some pictures are learned from and the others tested. How strongly the classifier is held back (its
/// ridge) is chosen on a part of the pictures that it learns from, never on those of the test. Beside it, on the same
/// pictures, each is taken for the person whose learned pictures have the most alike mean: a gallery that nothing is
/// learned for.
public struct ClosedSetClassification: Hashable, Sendable {
    /// A picture that is learned from or tested.
    public struct Picture: Hashable, Sendable {
        /// Who is in it.
        public let person: String
        /// Its embedding, of unit length.
        public let embedding: [Float]
        /// What is tested in its place: an altered copy's embedding, or its own; `nil` if the copy has no face, so that
        /// it is never recognized.
        public let tested: [Float]?

        /// Creates a picture, tested as it is or by an altered copy.
        public init(person: String, embedding: [Float], tested: [Float]?) {
            (self.person, self.embedding, self.tested) = (person, embedding, tested)
        }
    }

    /// Which pictures are learned from.
    public enum Division: Hashable, Sendable {
        /// This share of each person's pictures, 0...1, rounded, but at least one and not all.
        case share(Double)
        /// Each picture is tested once, learned from the other folds.
        case folds(Int)
    }

    /// Whom a picture is taken for; people by their places in ``ClosedSetClassification/people``.
    public struct Decision: Hashable, Sendable {
        /// The picture's place in the given list.
        public let picture: Int
        /// Who is in it.
        public let person: Int
        /// Whom the softmax classifier takes it for; `nil` for a picture without a face.
        public let classifier: Int?
        /// Whose mean is nearest.
        public let template: Int?
    }

    /// One division of the pictures; of folds, all of them together.
    public struct Run: Hashable, Sendable {
        /// The seed of the division.
        public let seed: UInt64
        /// The ridge that was chosen, one for each fold.
        public let ridges: [Double]
        /// The pictures that were tested, and whom they were taken for.
        public let decisions: [Decision]
        /// The softmax classifier.
        public let classifier: ClassifierReport
        /// The nearest mean.
        public let template: ClassifierReport
        /// Which pictures each recognizes: first the nearest mean, second the classifier.
        public let mcNemar: McNemarTest
    }

    /// The people, by name.
    public let people: [String]
    /// How many pictures of them there are.
    public let pictures: Int
    /// Pictures of people who have no second one: they are not in the closed set.
    public let leftOut: Int
    /// How pictures were divided.
    public let division: Division
    /// A run for each seed.
    public let runs: [Run]
    /// The accuracy of the nearest mean (first) and of the classifier (second) over all runs, and the difference's
    /// interval by drawing people, so that a person's pictures, and one picture in several runs, are of one person.
    public let difference: PairedComparison.Difference

    /// The ridges of usual embeddings of unit length.
    public static let usualRidges = [1, 0.1, 0.01, 0.001]

    /// - Parameters:
    ///   - pictures: Pictures of people; those of people with one picture are left out.
    ///   - ridges: Positive ridges to choose from.
    ///   - seeds: One division for each, at least one.
    ///   - ranks: How many ranks to report.
    ///   - rounds: How often people are drawn for the difference's interval.
    ///   - workers: How many processors to use; all of them if `nil`.
    ///   - advance: Told after each classifier: one for each seed, or for each fold of each seed.
    /// - Throws: ``EvaluationError/tooFewPictures(needed:)`` if fewer than two people have two pictures, and what fits
    ///   and divisions throw; `CancellationError` if the task is canceled.
    public init(
        _ pictures: [Picture], division: Division, ridges: [Double] = usualRidges, seeds: [UInt64] = [1],
        ranks: Int = 20, rounds: Int = 2000, workers: Int? = nil,
        advance: () -> Void = {}
    ) async throws {
        precondition(!ridges.isEmpty && ridges.allSatisfy { $0 > 0 }, "positive ridges to choose from")
        precondition(!seeds.isEmpty, "a seed or more")
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
