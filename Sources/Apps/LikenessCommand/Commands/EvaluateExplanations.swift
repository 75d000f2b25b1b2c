public import ArgumentParser
import Datasets
public import Explanations
import Faces
import Foundation
import Recognition

extension ExplanationMethod: ExpressibleByArgument {}
extension HidingFill: ExpressibleByArgument {}

/// `likeness evaluate explanations`
struct EvaluateExplanations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explanations",
        abstract: "Ask whether the maps of 'explain' are true: does hiding what they call important lose similarity?",
        discussion: """
            Of each mated pair the first face gets a map. Then the most important fifth of the face is hidden, with each \
            fill, and beside it as much of the face at random: single cells, blobs, and what another face's map calls \
            important. Exit status 0 where the maps lose more than cells and blobs, beyond doubt; 1 otherwise.
            """)

    @Option(help: ArgumentHelp("The list of pairs: LFW's pairs.txt, or CSV.", valueName: "file"))
    var pairs: String

    @Option(help: ArgumentHelp("The folder to which the list's names are relative.", valueName: "folder"))
    var images: String

    @Option(help: "So many of the mated pairs, spread evenly over the list.")
    var count = 500

    @Option(help: "How maps are found: patches, revealed, both or random.")
    var method: ExplanationMethod = Explainer.usualMethod

    @Option(help: "What stands where a map's method hides something: blur or mean.")
    var fill: HidingFill = Explainer.usualFill

    @OptionGroup var detection: DetectionOptions
    @OptionGroup var embedding: EmbeddingOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: "Which face stands for a picture: center, the largest near the center, or largest. (default: center)",
        transform: FaceSelection.one)
    var face: FaceSelection = .center

    mutating func validate() throws {
        if !(1...1_000_000).contains(count) { throw ValidationError("--count is 1 to 1000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try MeasuringOptions.check(folder: images)
        let writer = try SingleWriter(output, keeping: InputFiles([pairs]))
        let mated = try PairList(contentsOf: URL(filePath: pairs)).pairs.filter(\.isMated)
        let taken = mated.count <= count ? mated : (0..<count).map { mated[$0 * mated.count / count] }
        let recognizer = try await Recognizer(
            installation: .locate(),
            configuration: detection.configuration(
                count: 1, model: embedding.model ?? RecognizerConfiguration.defaultModel,
                averagesMirrored: embedding.mirror),
            limits: detection.limits)
        guard let embedder = recognizer.embedder else { return }
        let test = TruthTest(Explainer(embedder, method: method, fill: fill))
        var tried = TriedPairs(
            test: test, recognizer: recognizer, selection: face,
            folder: URL(filePath: images, directoryHint: .isDirectory))
        let progress = Progress(total: taken.count, unit: "pairs", quiet: detection.quiet)
        defer { progress.finish() }
        for (index, pair) in taken.enumerated() {
            try Task.checkCancellation()
            progress.advance(failed: try await !tried.add(pair, index: index))
        }
        progress.finish()
        if !detection.quiet { tried.notes.say(of: 2 * taken.count, unit: "pictures") }
        guard !tried.trials.isEmpty else {
            throw Failure.nothingUsable(
                count: taken.count, unit: "mated pairs",
                first: tried.failures.first?.reason ?? "the list has no mated pair")
        }
        let report = try TruthReport(tried.trials)
        let record = MeasuredReport(
            conditions: Conditions(recognizer, face: face, tried.notes),
            report: ExplanationsRecord(
                method: method.rawValue, fill: fill.rawValue, share: test.share, draws: test.draws,
                holds: report.holds, secondsPerMap: tried.times.sorted()[tried.times.count / 2],
                embeddingsPerMap: method.masks.count + 1, failures: tried.failures, report: report))
        try writer.write(record, table: record.conditions.text + record.report.table)
        try tried.notes.checkAllRead()
        throw (report.holds ? ExitStatus.done : .negative).code
    }
}

/// The pairs that have been tried.
private struct TriedPairs {
    let test: TruthTest
    let recognizer: Recognizer
    let selection: FaceSelection
    let folder: URL
    private(set) var trials: [TruthTrial] = []
    /// Seconds that each map took.
    private(set) var times: [Double] = []
    private(set) var failures: [ExplanationsRecord.FailedPair] = []
    /// What is to be said of the pictures.
    private(set) var notes = PictureNotes()
    /// The latest map, and the latest of somebody else.
    private var maps: [(person: String, cells: CellMap)] = []

    init(test: TruthTest, recognizer: Recognizer, selection: FaceSelection, folder: URL) {
        (self.test, self.recognizer, self.selection, self.folder) = (test, recognizer, selection, folder)
    }

    /// Makes the map of a pair's first face and tries it; `false` where a picture has no face.
    mutating func add(_ pair: PairList.Pair, index: Int) async throws -> Bool {
        do {
            let face = HidableFace(try await crop(pair.imageA)), second = try await crop(pair.imageB)
            guard let other = try await test.explainer.embedder.embeddings(of: [second]).first else {
                return false
            }
            let start = ContinuousClock.now
            let map = try await test.explainer.map(of: face, against: other)
            let taken = ContinuousClock.now - start
            let person = pair.personA ?? pair.imageA
            let foreign = maps.last { $0.person != person }?.cells
            let trial = try await test.trial(
                of: map, face, against: other, foreign: foreign, person: person, index: index)
            trials.append(trial)
            times.append(seconds(taken))
            maps = Array((maps.filter { $0.person != person } + [(person, map.cells)]).suffix(2))
            return true
        } catch  where !(error is CancellationError) {
            failures.append(
                ExplanationsRecord.FailedPair(
                    imageA: pair.imageA, imageB: pair.imageB, reason: Failure.message(of: error)))
            return false
        }
    }

    private mutating func crop(_ image: String) async throws -> AlignedFace {
        let picture: AlignedPicture
        do {
            picture = try await recognizer.align(
                .file(PairList.url(of: image, in: folder)), selecting: selection)
        } catch  where !(error is CancellationError) {
            var found = PictureNotes()
            found.addUnreadable(image, error)
            notes.add(found)
            throw FileFailure(file: image, underlying: error)
        }
        var found = PictureNotes()
        found.add(picture.remarks, on: image)
        notes.add(found)
        guard let face = picture.faces.first else { throw RecognitionError.noFace }
        return face
    }
}
