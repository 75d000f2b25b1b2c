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
        abstract: "Compare all detectors on unlabeled pictures, each against the others.",
        discussion: """
            Every detector runs once on every picture, without contrast enhancement. For each detector, the report \
            counts the pictures without a face, the boxes that no other detector confirms, and the faces that only \
            this detector misses. Then some of the pictures are resized to each --size, and the detectors are timed on \
            them, one picture at a time. Run this on an idle machine; otherwise, the times are not meaningful.
            """)

    @Option(help: ArgumentHelp("The folder of the pictures; its subfolders are read too.", valueName: "folder"))
    var images: String

    @Option(help: "The maximum number of pictures; they are spread evenly over the folder.")
    var count: Int?

    @Option(name: .customLong("size"), help: "A picture size for the times, such as 640x480; may be repeated.")
    var sizes: [TimedSize] = [TimedSize(width: 250, height: 250), TimedSize(width: 640, height: 480)]

    @Option(help: "The number of pictures for the times; 0 measures no times.")
    var timed = 50

    @Option(help: "The precision of the networks; automatic means bf16 (faster) if the CPU supports it, else f32.")
    var precision: FaceFinderConfiguration.Precision = .automatic

    @Option(help: ArgumentHelp("The number of pictures to process at the same time. (default: the number of cores)"))
    var workers: Int?

    @Flag(name: .shortAndLong, help: "Print no progress and no remarks to the standard error.")
    var quiet = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers must be from 1 to 64") }
        if let count, count < 1 { throw ValidationError("--count must be 1 or more") }
        guard (0...1_000_000).contains(timed) else { throw ValidationError("--timed must be from 0 to 1000000") }
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
    /// Creates a size from text such as `640x480`.
    public init?(argument: String) { self.init(argument) }

    /// The size as text, such as `640x480`.
    public var defaultValueDescription: String { description }
}
