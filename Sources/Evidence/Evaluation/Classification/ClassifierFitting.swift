import LikenessSupport

/// A picture of the closed set.
struct ClassifiedSample: Sendable {
    /// The index in the given list.
    let place: Int
    /// The number of the person in it.
    let label: Int
    let embedding: [Float]
    /// The embedding that is tested instead.
    let tested: [Float]?
}

extension ClosedSetClassification.Division {
    /// The number of classifiers per seed.
    var parts: Int {
        switch self {
        case .share: 1
        case .folds(let folds): folds
        }
    }

    /// Returns the splits.
    ///
    /// Every person has a training sample in each.
    ///
    /// - Parameters:
    ///   - labels: The person of each sample; each person has at least two samples.
    ///   - seed: The seed of the random numbers.
    /// - Throws: ``EvaluationError``, as ``ResamplingProtocol`` does.
    func splits(of labels: [Int], seed: UInt64) throws(EvaluationError) -> [ResamplingProtocol.Split] {
        switch self {
        case .folds(let folds):
            // Samples are assigned in the order of people, so that two of one person are never next to each other in a
            // fold.
            let names = labels.map { String($0) }
            return try ResamplingProtocol.folds(folds).stratified(labels: names, seed: seed)
        case .share(let share):
            guard share > 0, share < 1 else { throw .invalidRate(share) }
            return [Self.split(labels, trainingShare: share, seed: seed)]
        }
    }

    /// Returns a share of each label's samples and the others; at least one sample on each side.
    static func split(_ labels: [Int], trainingShare share: Double, seed: UInt64) -> ResamplingProtocol.Split {
        var random = SplitMix64(state: seed), training: [Int] = [], test: [Int] = []
        let places = Dictionary(grouping: labels.indices) { labels[$0] }
        for label in places.keys.sorted() {
            let shuffled = (places[label] ?? []).shuffled(using: &random)
            let learned = Int((Double(shuffled.count) * share).rounded())
            let count = max(1, min(learned, shuffled.count - 1))
            training += shuffled.prefix(count)
            test += shuffled.dropFirst(count)
        }
        return ResamplingProtocol.Split(training: training.sorted(), test: test.sorted())
    }
}

/// Fits and tests classifiers.
struct ClassifierFitting: Sendable {
    /// The share of the training pictures on which a ridge is chosen.
    private static let validationShare = 0.2
    /// A number different from the division's seed, so that the two random sequences are independent.
    private static let validationSeed: UInt64 = 0x7661_6C69_6461_7465
    /// The tolerance of fits that are only compared with others.
    private static let choiceTolerance = 1e-3
    /// The tolerance of the tested fit, small enough that the result hardly depends on the start.
    private static let finalTolerance = 1e-5

    let people: [String]
    /// The ridges, strongest first.
    let ridges: [Double]
    let ranks: Int
    let workers: Int?

    /// Divides the samples, fits classifiers, and tests them.
    ///
    /// - Parameters:
    ///   - samples: The samples.
    ///   - division: The division into training and test data.
    ///   - seed: The seed of the random numbers.
    ///   - advance: Called after each part.
    /// - Throws: ``EvaluationError``; `CancellationError` if the task is canceled.
    func run(
        _ samples: [ClassifiedSample], division: ClosedSetClassification.Division, seed: UInt64, advance: () -> Void
    ) async throws -> ClosedSetClassification.Run {
        var chosen: [Double] = [], tested: [ClassifiedSample] = []
        var scores: [[Float]?] = [], similarities: [[Float]?] = []
        for split in try division.splits(of: samples.map(\.label), seed: seed) {
            let learned = split.training.map { samples[$0] }, test = split.test.map { samples[$0] }
            let ridge = try await choice(learned, seed: seed)
            let classifier = try await fit(
                learned, ridge: ridge.value, start: ridge.start, tolerance: Self.finalTolerance)
            let means = ClassMeans(learned, classes: people.count)
            chosen.append(ridge.value)
            tested += test
            scores += test.map { $0.tested.map { Self.single(classifier.logProbabilities(of: [$0])[0]) } }
            similarities += test.map { $0.tested.map(means.similarities) }
            advance()
        }
        let truth = tested.map(\.label)
        let classifier = try ClassifierReport(scores: scores, truth: truth, classes: people, ranks: ranks)
        let template = try ClassifierReport(scores: similarities, truth: truth, classes: people, ranks: ranks)
        let decisions = tested.indices.map { index in
            ClosedSetClassification.Decision(
                picture: tested[index].place, person: truth[index],
                classifier: scores[index].map(ClassifierReport.prediction),
                template: similarities[index].map(ClassifierReport.prediction))
        }
        return ClosedSetClassification.Run(
            seed: seed, ridges: chosen, decisions: decisions, classifier: classifier, template: template,
            mcNemar: McNemarTest(
                first: decisions.map { $0.template == $0.person }, second: decisions.map { $0.classifier == $0.person })
        )
    }

    /// Returns the ridge with the highest accuracy on a part of the training samples, after fitting on the others;
    /// among equal ones, that with the lowest logarithmic loss. If every person has a single sample, returns the
    /// strongest ridge.
    ///
    /// Also returns a fit from which the next one can start.
    private func choice(
        _ learned: [ClassifiedSample], seed: UInt64
    ) async throws -> (value: Double, start: SoftmaxRegression?) {
        let counts = learned.reduce(into: [Int: Int]()) { $0[$1.label, default: 0] += 1 }
        let divided = learned.filter { counts[$0.label, default: 0] > 1 }
        guard ridges.count > 1, !divided.isEmpty else { return (ridges[0], nil) }
        let split = try validation(of: divided, seed: seed)
        let held = split.test.map { divided[$0] }
        let kept = split.training.map { divided[$0] } + learned.filter { counts[$0.label] == 1 }
        var best: (value: Double, start: SoftmaxRegression, right: Int, loss: Double)?
        var last: SoftmaxRegression?
        for ridge in ridges {
            let fitted = try await fit(kept, ridge: ridge, start: last, tolerance: Self.choiceTolerance)
            last = fitted
            let odds = fitted.logProbabilities(of: held.map(\.embedding))
            let right = zip(held, odds).count { $0.label == ClassifierReport.prediction(Self.single($1)) }
            let loss = zip(held, odds).reduce(0) { $0 - $1.1[$1.0.label] }
            let isBetter = best.map { right > $0.right || right == $0.right && loss < $0.loss } ?? true
            if isBetter { best = (ridge, fitted, right, loss) }
        }
        return (best?.value ?? ridges[0], best?.start)
    }

    /// Returns a fifth of the samples for validation; never all of a person.
    private func validation(
        of samples: [ClassifiedSample], seed: UInt64
    ) throws(EvaluationError) -> ResamplingProtocol.Split {
        let labels = samples.map(\.label)
        let dealt = ResamplingProtocol.independentSet(testShare: Self.validationShare)
        // If there are so few samples that a fifth is none, uses one of each person.
        guard labels.count >= 5 else {
            return ClosedSetClassification.Division.split(labels, trainingShare: 0.8, seed: seed)
        }
        return try dealt.stratified(labels: labels.map { String($0) }, seed: seed ^ Self.validationSeed)[0]
    }

    private func fit(
        _ samples: [ClassifiedSample], ridge: Double, start: SoftmaxRegression?, tolerance: Double
    ) async throws -> SoftmaxRegression {
        try await SoftmaxRegression(
            inputs: samples.map(\.embedding), labels: samples.map(\.label), classes: people.count, ridge: ridge,
            start: start, tolerance: tolerance, workers: workers)
    }

    private static func single(_ values: [Double]) -> [Float] { values.map { Float($0) } }
}

/// The mean of each person's training embeddings, normalized to unit length.
struct ClassMeans: Sendable {
    private let means: [[Float]]

    init(_ samples: [ClassifiedSample], classes: Int) {
        let dimension = samples.first?.embedding.count ?? 0
        var sums = Array(repeating: Array(repeating: 0.0, count: dimension), count: classes)
        for sample in samples {
            for index in 0..<dimension { sums[sample.label][index] += Double(sample.embedding[index]) }
        }
        means = sums.map { sum in
            let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
            // The mean of pictures that cancel out has no direction, and is similar to no one.
            return sum.map { length > 0 ? Float($0 / length) : 0 }
        }
    }

    /// Returns the similarity to each mean.
    func similarities(to embedding: [Float]) -> [Float] {
        means.map { mean in
            var sum: Float = 0
            for index in mean.indices { sum += mean[index] * embedding[index] }
            return sum
        }
    }
}
