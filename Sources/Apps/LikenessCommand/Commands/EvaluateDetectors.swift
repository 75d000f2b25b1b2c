import ArgumentParser
import Faces
import Foundation
import LikenessRecords
import Pixels
import Recognition

/// `likeness evaluate detectors`
struct EvaluateDetectors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detectors",
        abstract: "Compare the detectors on pictures whose faces nobody has marked: each is judged by the others.",
        discussion: """
            Every detector looks once at every picture, without enhancement. Counted are pictures without a face; boxes \
            that no other detector confirms; and faces that all others find and it misses. Then some of the pictures, \
            brought to each --size, are timed in turns, one at a time: only on a quiet machine the times mean something.
            """)

    @Option(help: ArgumentHelp("The folder of pictures, with the folders in it.", valueName: "folder"))
    var images: String

    @Option(help: "Take at most so many of the pictures, spread evenly over the folder.")
    var count: Int?

    @Option(name: .customLong("size"), help: "A size at which detection is timed; may be repeated.")
    var sizes: [TimedSize] = [TimedSize(width: 250, height: 250), TimedSize(width: 640, height: 480)]

    @Option(help: "Pictures that are timed; 0 leaves the times out.")
    var timed = 50

    @Option(help: "The numbers in which networks run; automatic is bf16 where the CPU has it. Results say which ran.")
    var precision: RecognizerConfiguration.Precision = .automatic

    @Option(help: ArgumentHelp("Pictures worked on at once. (default: the number of cores)"))
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
        let sources = all.spread(count ?? all.count)
        guard !sources.isEmpty else { throw Failure.noPictures(folders: [images]) }
        var notes = PictureNotes()
        let record = try await compare(sources, &notes)
        if !quiet { notes.say(of: sources.count, unit: "pictures") }
        try writer.write(DetectorsEvaluationRecord(record), table: record.table, csv: record.rows)
        try notes.checkAllRead()
    }

    private func compare(_ sources: [PictureSource], _ notes: inout PictureNotes) async throws -> DetectorsRecord {
        let detectors = RecognizerConfiguration.Detector.allCases
        let progress = Progress(total: sources.count * detectors.count, unit: "looks", quiet: quiet)
        defer { progress.finish() }
        var boxes: [[[Box]?]] = []
        var precisions: [String] = []
        var failures: [Int: any Error] = [:]
        for detector in detectors {
            let recognizer = try await recognizer(
                detector, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount)
            precisions.append(recognizer.precision)
            var found: [[Box]?] = []
            try await recognizer.analyze(sources) { index, result in
                switch result {
                case .success(let analysis):
                    found.append(analysis.faces.map(\.face.box))
                    if detector == detectors.first { notes.add(analysis.remarks, on: sources[index].name) }
                case .failure(let error as CancellationError): throw error
                case .failure(let error):
                    found.append(nil)
                    failures[index] = error
                }
                progress.advance(failed: failures[index] != nil)
            }
            boxes.append(found)
        }
        var comparison = DetectorComparison(detectors: detectors.map(\.rawValue))
        for index in sources.indices where failures[index] == nil {
            comparison.add(boxes.compactMap { $0[index] })
        }
        if failures.count == sources.count, let first = failures.min(by: { $0.key < $1.key }) {
            throw Failure.nothingUsable(
                count: sources.count, unit: "pictures",
                first: "\(sources[first.key].name): \(Failure.message(of: first.value))")
        }
        for (index, error) in failures.sorted(by: { $0.key < $1.key }) {
            notes.addUnreadable(sources[index].name, error)
        }
        let read = sources.indices.filter { failures[$0] == nil }.map { sources[$0] }
        let times = try await times(of: detectors, on: read.spread(timed))
        return DetectorsRecord(
            comparison, precisions: precisions, times: times, notes: notes)
    }

    private func recognizer(
        _ detector: RecognizerConfiguration.Detector, workers: Int
    ) async throws -> Recognizer {
        try await Recognizer(
            installation: .locate(),
            configuration: RecognizerConfiguration(
                detector: detector, precision: precision, enhancement: .off, estimatesMasks: false,
                estimatesAges: false,
                workers: workers), embeds: false)
    }

    /// The times of each detector, at each size.
    private func times(
        of detectors: [RecognizerConfiguration.Detector], on sources: [PictureSource]
    ) async throws -> [[DetectorsRecord.Times]] {
        guard !sources.isEmpty else { return detectors.map { _ in [] } }
        var recognizers: [Recognizer] = []
        for detector in detectors { recognizers.append(try await recognizer(detector, workers: 1)) }
        var times: [[DetectorsRecord.Times]] = detectors.map { _ in [] }
        for size in sizes {
            var milliseconds: [[Double]] = detectors.map { _ in [] }
            for (number, source) in sources.enumerated() {
                try Task.checkCancellation()
                let picture = try await source.image(limits: DecodingLimits()).filling(size)
                for (index, recognizer) in recognizers.enumerated() {
                    // The first look also loads the networks for this size.
                    if number == 0 { _ = try await recognizer.detector.faces(in: picture) }
                    let start = ContinuousClock.now
                    _ = try await recognizer.detector.faces(in: picture)
                    milliseconds[index].append(seconds(ContinuousClock.now - start) * 1000)
                }
            }
            for (index, taken) in milliseconds.enumerated() {
                times[index].append(DetectorsRecord.Times(size, milliseconds: taken))
            }
        }
        return times
    }
}

/// A size at which detection is timed, such as `640x480`.
struct TimedSize: ExpressibleByArgument, CustomStringConvertible {
    var width: Int
    var height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1], (16...8192).contains(width),
            (16...8192).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }

    var description: String { "\(width)x\(height)" }
    var defaultValueDescription: String { description }
}

extension Image {
    /// The picture's middle at `size`, as much of it as fits without distortion.
    fileprivate func filling(_ size: TimedSize) -> Image {
        let scale = min(Float(width) / Float(size.width), Float(height) / Float(size.height))
        let wide = Float(size.width) * scale, high = Float(size.height) * scale
        return cropped(to: Box(x: (Float(width) - wide) / 2, y: (Float(height) - high) / 2, width: wide, height: high))
            .resized(width: size.width, height: size.height)
    }
}

extension Array {
    /// At most `count` of the elements, spread evenly.
    fileprivate func spread(_ count: Int) -> [Element] {
        count >= self.count ? self : (0..<count).map { self[$0 * self.count / count] }
    }
}
