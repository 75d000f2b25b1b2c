import LikenessSupport

/// A picture of the closed set.
struct ClassifiedSample: Sendable {
    /// Its place in the given list.
    let place: Int
    /// Who is in it, by number.
    let label: Int
    let embedding: [Float]
    /// What is tested in its place.
    let tested: [Float]?
}

extension ClosedSetClassification.Division {
    /// How many classifiers a seed needs.
    var parts: Int {
        switch self {
        case .share: 1
        case .folds(let folds): folds
        }
    }

    /// Who is on which side; everybody has a sample that is learned from.
    ///
    /// - Parameter labels: The person of each sample; of each there are two samples or more.
    func splits(of labels: [Int], seed: UInt64) throws(EvaluationError) -> [ResamplingProtocol.Split] {
        switch self {
        case .folds(let folds):
            // Samples are dealt in the order of people: two of one person never come into one fold next to each other.
            let names = labels.map { String($0) }
            return try ResamplingProtocol.folds(folds).stratified(labels: names, seed: seed)
        case .share(let share):
            guard share > 0, share < 1 else { throw .invalidRate(share) }
            return [Self.split(labels, trainingShare: share, seed: seed)]
        }
    }

    /// Returns a share of each label's samples and the others; one of each side at least.
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
    /// The share of the learned pictures that a ridge is chosen on.
    private static let validationShare = 0.2
    /// Another number than the division's seed, so that the two do not draw alike.
    private static let validationSeed: UInt64 = 0x7661_6C69_6461_7465
    /// How well a fit that is only compared with others settles.
    private static let choiceTolerance = 1e-3
    /// How well the fit that is tested settles, so that it hardly depends on where it started.
    private static let finalTolerance = 1e-5

    let people: [String]
    /// The strongest first.
    let ridges: [Double]
    let ranks: Int
    let workers: Int?

    /// Divides, learns and tests.
    ///
    /// - Parameter advance: Told after each part.
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

    /// Returns the ridge that decides most of a part of the learned samples rightly, learned from the others; of equal
    /// ones that of the least logarithmic loss.
    ///
    /// The strongest where everybody has a single sample, and a fit to start from.
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

    /// Returns a fifth of the samples to choose by; never all of a person.
    private func validation(
        of samples: [ClassifiedSample], seed: UInt64
    ) throws(EvaluationError) -> ResamplingProtocol.Split {
        let labels = samples.map(\.label)
        let dealt = ResamplingProtocol.independentSet(testShare: Self.validationShare)
        // So few samples that a fifth of them is none: one of each person.
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

/// The mean of each person's learned embeddings, brought to unit length.
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
            // Pictures that cancel out are like nobody.
            return sum.map { length > 0 ? Float($0 / length) : 0 }
        }
    }

    /// Returns how like each mean is.
    func similarities(to embedding: [Float]) -> [Float] {
        means.map { mean in
            var sum: Float = 0
            for index in mean.indices { sum += mean[index] * embedding[index] }
            return sum
        }
    }
}
