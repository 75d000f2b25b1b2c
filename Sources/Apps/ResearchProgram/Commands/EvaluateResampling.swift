import ArgumentParser
import Evaluation
import LikenessCommand
import Measurements

/// The protocols, which divide the people into training and test people.
enum ResamplingKind: String, CaseIterable, ExpressibleByArgument {
    case selfConsistency = "self-consistency"
    case independentSet = "independent-set"
    case folds = "k-fold"
}

/// `likeness evaluate resampling`
struct EvaluateResampling: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resampling",
        abstract:
            "Measure verification with three protocols: self-consistency, independent set and k-fold.",
        discussion: """
            The people are divided at random into training and test people. The threshold with the highest accuracy on \
            the pairs of the training people is applied to the pairs of the test people. Self-consistency applies the \
            threshold to the same pairs on which it was chosen, which gives an upper bound. Training and test pairs \
            have as many impostor pairs as mated pairs, so guessing has an accuracy of 50 %. Only the threshold is \
            fitted here, not the network. Pictures without a face are left out and counted.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(
        name: .customLong("protocol"),
        help: "A protocol: self-consistency, independent-set or k-fold; may be repeated. (default: all of them)")
    var kinds: [ResamplingKind] = []

    @Option(help: "The number of folds of k-fold.")
    var folds = 10

    @Option(help: "The share of people in the test set of independent-set.")
    var testShare = 0.2

    @Option(help: "The number of random divisions; their seeds are 1, 2, …")
    var seeds: UInt64 = 5

    @Option(
        help: """
            The maximum number of mated pairs, and of impostor pairs, for training and for testing; they are sampled \
            at random.
            """)
    var pairs = 3000

    mutating func validate() throws {
        if !(2...1000).contains(folds) { throw ValidationError("--folds must be from 2 to 1000") }
        if !(testShare > 0 && testShare < 1) {
            throw ValidationError("--test-share must be between 0 and 1")
        }
        if !(1...1000).contains(seeds) { throw ValidationError("--seeds must be from 1 to 1000") }
        if !(1...10_000_000).contains(pairs) { throw ValidationError("--pairs must be from 1 to 10000000") }
        guard Set(kinds).count == kinds.count else {
            throw ValidationError("--protocol names a protocol twice")
        }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        let writer = try SingleWriter(measuring.output, hasCSV: true, keeping: identities.inputs)
        let pictures = try identities.pictures(in: measuring.folder)
        let kinds = kinds.isEmpty ? ResamplingKind.allCases : kinds
        let result = try await ResamplingEvaluation(kinds.map(division), pairs: pairs, seeds: Array(1...seeds)).measure(
            pictures, reading: measuring.reading(), by: measuring.recognizer(count: pictures.count))
        let entries = zip(kinds, result.verifications).map { kind, verification in
            ResamplingRecord.Entry(
                kind: kind, folds: kind == .folds ? folds : nil,
                testShare: kind == .independentSet ? testShare : nil, result: verification)
        }
        let record = MeasuredReport(
            conditions: Conditions(result.conditions),
            report: ResamplingRecord(
                people: result.people, pictures: result.pictures, failedImages: result.failedImages, seeds: seeds,
                protocols: entries))
        try writer.write(
            record, table: record.conditions.text + record.report.table, csv: record.report.rows)
        try result.conditions.notes.checkAllRead()
    }

    private func division(_ kind: ResamplingKind) -> ResamplingProtocol {
        switch kind {
        case .selfConsistency: .selfConsistency
        case .independentSet: .independentSet(testShare: testShare)
        case .folds: .folds(folds)
        }
    }
}
