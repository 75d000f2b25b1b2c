public import ArgumentParser
import Foundation
import LikenessCommand
import LikenessRecords
public import Measurements
import Recognition

/// `likeness evaluate detectors`
struct EvaluateDetectors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors",
        abstract: "Compare the detectors on unlabeled pictures: each is judged by the others.",
        discussion: """
            Every detector runs once on every picture, without enhancement. The report counts the pictures without a \
            face, the boxes that no other detector confirms, and the faces that a detector misses but all others find. \
            Then some of the pictures, resized to each --size, are timed in turns, one at a time. The times are \
            meaningful only on an idle machine.
            """)

    @Option(help: ArgumentHelp("The folder of pictures, including its subfolders.", valueName: "folder"))
    var images: String

    @Option(help: "The maximum number of pictures, spread evenly over the folder.")
    var count: Int?

    @Option(name: .customLong("size"), help: "A size at which detection is timed; may be repeated.")
    var sizes: [TimedSize] = [TimedSize(width: 250, height: 250), TimedSize(width: 640, height: 480)]

    @Option(help: "The number of pictures to time; 0 for no times.")
    var timed = 50

    @Option(help: "The precision of the networks; automatic is bf16 if the CPU supports it. Results state it.")
    var precision: FaceFinderConfiguration.Precision = .automatic

    @Option(help: ArgumentHelp("The number of pictures to process at once. (default: the number of cores)"))
    var workers: Int?

    @Flag(name: .shortAndLong, help: "No progress and no remarks on the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers is 1 to 64") }
        if let count, count < 1 { throw ValidationError("--count is 1 or more") }
        guard (0...1_000_000).contains(timed) else { throw ValidationError("--timed is 0 to 1000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try MeasuringOptions.check(folder: images)
        let list = PictureList([images], recursive: true) { [] }
        if !quiet { list.noteLinks() }
        let all = list.sources
        let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(list.files))
        let sources = all.evenlySpread(count ?? all.count)
        guard !sources.isEmpty else { throw Failure.noPictures(folders: [images]) }
        let detectors = try Installation.locate().detectors().map(\.name)
        guard detectors.count > 1 else { throw Failure.fewDetectors(installed: detectors) }
        let evaluation = DetectorsEvaluation(
            detectors, sizes: sizes, timed: timed,
            observer: MeasurementDisplay(quiet: quiet).observer())
        let result = try await evaluation.measure(sources) { detector, isTimed in
            try await finder(
                detector, workers: isTimed ? 1 : workers ?? ProcessInfo.processInfo.activeProcessorCount)
        }
        if !quiet { result.notes.say(of: sources.count, unit: "pictures") }
        let record = DetectorsRecord(result)
        try writer.write(DetectorsEvaluationRecord(record), table: record.table, csv: record.rows)
        try result.notes.checkAllRead()
    }

    private func finder(_ detector: String, workers: Int) async throws -> FaceFinder {
        try await FaceFinder(
            installation: .locate(),
            configuration: FaceFinderConfiguration(
                detector: detector, precision: precision, enhancement: .off, estimatesMasks: false,
                estimatesAges: false, workers: workers))
    }
}

extension TimedSize: ExpressibleByArgument {
    /// Creates a size from `640x480`.
    public init?(argument: String) { self.init(argument) }

    /// The size as it is typed.
    public var defaultValueDescription: String { description }
}
