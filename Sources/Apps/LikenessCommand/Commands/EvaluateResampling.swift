import ArgumentParser
import Evaluation
import Measurements

/// How people are divided.
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
            "Verification by self-consistency, an independent set and k folds, over several seeds.",
        discussion: """
            The people are divided; the threshold that decides most pairs of the training people rightly decides those of \
            the test people, whom it has not seen. Self-consistency takes the threshold from the pairs that it decides: \
            an upper bound. Of each side as many pairs of two people are drawn as of one, so that guessing decides half \
            of them rightly. Only the threshold is learned here, not the network. Pictures without a face are left out \
            and counted.
            """)

    @OptionGroup var identities: IdentityOptions
    @OptionGroup var measuring: MeasuringOptions

    @Option(
        name: .customLong("protocol"),
        help: "self-consistency, independent-set or k-fold; may be repeated. (default: all of them)")
    var kinds: [ResamplingKind] = []

    @Option(help: "How many folds the people are dealt into.")
    var folds = 10

    @Option(help: "The share of the people who are kept out as the independent set.")
    var testShare = 0.2

    @Option(help: "How many divisions, each by a seed of its own from 1 on.")
    var seeds: UInt64 = 5

    @Option(
        help: "How many pairs of one person of a side at most, drawn at random; as many pairs of two.")
    var pairs = 3000

    mutating func validate() throws {
        if !(2...1000).contains(folds) { throw ValidationError("--folds is 2 to 1000") }
        if !(testShare > 0 && testShare < 1) {
            throw ValidationError("--test-share lies between 0 and 1")
        }
        if !(1...1000).contains(seeds) { throw ValidationError("--seeds is 1 to 1000") }
        if !(1...10_000_000).contains(pairs) { throw ValidationError("--pairs is 1 to 10000000") }
        guard Set(kinds).count == kinds.count else {
            throw ValidationError("--protocol names each once")
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
