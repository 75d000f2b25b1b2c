public import ArgumentParser
import Datasets
import Foundation
import LikenessCommand
import LikenessRecords
public import Measurements
import Pixels
import Recognition

/// `likeness evaluate detectors`
struct EvaluateDetectors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors",
        abstract: "Compare all detectors on unlabeled pictures, each against the others.",
        discussion: """
            Every detector looks once at every whole picture, without contrast enhancement. For each detector, the report \
            counts the pictures without a face, the boxes that no other detector confirms, and the faces that only \
            this detector misses. Then some of the pictures are resized to each --size, and the detectors are timed on \
            them, one picture at a time. Run this on an idle machine; otherwise, the times are not meaningful.

            With --boxes, only the pictures of that list are used. The report then also has the share of the marked \
            faces that each detector finds, depending on the number of false boxes per picture and on the faces' size.
            """)

    @Option(help: ArgumentHelp("The folder of the pictures; its subfolders are read too.", valueName: "folder"))
    var images: String

    @Option(
        help: ArgumentHelp(
            "A CSV file with the boxes of all faces: image,xmin,ymin,xmax,ymax, with image relative to the folder.",
            valueName: "file"))
    var boxes: String?

    @Option(
        name: .customLong("detector"),
        help: "A detector to compare, two or more; may be repeated. (default: all that are installed)")
    var named: [String] = []

    @Option(
        help: ArgumentHelp(
            "Also search parts of the pictures for small faces, as in 'likeness detect'. (default: off)",
            valueName: "auto|off|pixels"))
    var smallest: FaceFinderConfiguration.SmallestFace?

    @Flag(help: "Search as thoroughly as 'likeness detect --thorough'.")
    var thorough = false

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
        if let smallest { try smallest.check() }
        if smallest == .off, thorough { throw ValidationError("--smallest off and --thorough can't be used together") }
        if let count, count < 1 { throw ValidationError("--count must be 1 or more") }
        guard (0...1_000_000).contains(timed) else { throw ValidationError("--timed must be from 0 to 1000000") }
    }

    func run() async throws {
        let command = self
        try await interruptible { try await command.measure() }
    }

    private func measure() async throws {
        try MeasuringOptions.check(folder: images)
        let (sources, marked, writer) = try pictures()
        guard !sources.isEmpty else { throw Failure.noPictures(folders: [images]) }
        let detectors = named.isEmpty ? try Installation.locate().detectors().map(\.name) : named
        guard detectors.count > 1 else { throw Failure.fewDetectors(installed: detectors) }
        let evaluation = DetectorsEvaluation(
            detectors, sizes: sizes, timed: timed,
            observer: MeasurementDisplay(quiet: quiet).observer())
        let result = try await evaluation.measure(sources, marked: marked) { detector, isTimed in
            try await finder(
                detector, workers: isTimed ? 1 : workers ?? ProcessInfo.processInfo.activeProcessorCount)
        }
        if !quiet { result.notes.say(of: sources.count, unit: "pictures") }
        let record = DetectorsRecord(result, enhancement: enhancement)
        try writer.write(DetectorsEvaluationRecord(record), table: record.table, csv: record.rows)
        try result.notes.checkAllRead()
    }

    /// Returns the pictures, the boxes of their faces if they are marked, and the writer of the results.
    private func pictures() throws -> ([PictureSource], [[Box]]?, SingleWriter) {
        guard let boxes else {
            let list = PictureList([images], recursive: true) { [] }
            if !quiet { list.noteLinks() }
            let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(list.files))
            return (list.sources.evenlySpread(count ?? list.sources.count), nil, writer)
        }
        let list = try MarkedFaceList(contentsOf: URL(filePath: boxes))
        let folder = URL(filePath: images, directoryHint: .isDirectory)
        let chosen = list.pictures.spread(count ?? list.pictures.count)
        let urls = chosen.map { MarkedFaceList.url(of: $0, in: folder) }
        let writer = try SingleWriter(output, hasCSV: true, keeping: InputFiles(urls.map(\.path) + [boxes]))
        return (urls.map { .file($0) }, chosen.map(\.faces), writer)
    }

    /// The further looks: none, so that detectors are compared, unless the search is thorough.
    private var enhancement: FaceFinderConfiguration.Enhancement { thorough ? .auto : .off }

    private func finder(_ detector: String, workers: Int) async throws -> FaceFinder {
        try await FaceFinder(
            installation: .locate(),
            configuration: FaceFinderConfiguration(
                detector: detector, precision: precision, enhancement: enhancement, smallestFace: smallest ?? .off,
                isThorough: thorough, estimatesMasks: false, estimatesAges: false, estimatesQuality: false,
                workers: workers))
    }
}

extension TimedSize: ExpressibleByArgument {
    /// Creates a size from text such as `640x480`.
    public init?(argument: String) { self.init(argument) }

    /// The size as text, such as `640x480`.
    public var defaultValueDescription: String { description }
}
