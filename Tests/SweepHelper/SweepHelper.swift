import DetectorSweep
import Foundation
import TestSupport

/// Sweeps the detectors over pictures of all sizes and contents, for as long as requested.
///
/// ```
/// SweepHelper --seed S (--count N | --minutes M) [--detector yunet|retinaface|mtcnn]
/// SweepHelper --case JSON
/// ```
///
/// The first form tries cases in a separate process, so that a trap is detected, and prints the failing case as JSON,
/// as simple as it still fails. The second form tries a single case. Exit status: 0 if there is no failure, 1 if a case
/// failed, 64 for an invalid command line.
@main
struct SweepHelper {
    static func main() async throws {
        guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
            print("usage: SweepHelper --seed S (--count N | --minutes M) [--detector NAME] | --case JSON")
            exit(64)
        }
        switch options.task {
        case .one(let line): exit(try await tryOne(SweepCase(line: line)) ? 0 : 1)
        case .worker(let range): try await work(through: range, of: options)
        case .sweep: exit(try await sweep(options) ? 0 : 1)
        }
    }

    private static func bench() async throws -> SweepBench {
        try await SweepBench(
            dependencies: Fixtures.dependencies, street: Fixtures.root.appending(path: ".data/street"),
            cache: FileManager.default.temporaryDirectory.appending(path: "likeness-sweep-networks"))
    }

    private static func tryOne(_ sweepCase: SweepCase) async throws -> Bool {
        let complaints = await (try bench()).complaints(about: sweepCase)
        for complaint in complaints { print(complaint) }
        return complaints.isEmpty
    }

    /// Prints each case before it is tried: after a trap, it is the last one.
    private static func work(through range: Range<Int>, of options: Options) async throws {
        let bench = try await bench()
        let names = options.detector.map { [$0] } ?? SweepBench.detectorNames
        let cases = SweepCase.cases(
            ofSweep: options.seed &+ UInt64(range.lowerBound),
            counts: Dictionary(uniqueKeysWithValues: names.map { ($0, max(range.count / names.count, 1)) }))
        for sweepCase in cases {
            say("trying \(sweepCase.line)")
            let complaints = await bench.complaints(about: sweepCase)
            if !complaints.isEmpty {
                say("failed \(complaints.joined(separator: "; "))")
                exit(1)
            }
        }
    }

    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    /// The number of cases per worker.
    private static let portion = 600

    private static func sweep(_ options: Options) async throws -> Bool {
        print("seed \(options.seed)")
        let end = options.minutes.map { Date(timeIntervalSinceNow: $0 * 60) }
        var done = 0
        while end.map({ Date() < $0 }) ?? (done < options.count) {
            let count = end == nil ? min(portion, options.count - done) : portion
            let arguments =
                ["--seed", "\(options.seed)", "--worker", "\(done)", "--count", "\(count)"]
                + (options.detector.map { ["--detector", $0] } ?? [])
            let result = try run(arguments)
            if result.status != 0 {
                let lines = result.output.split(separator: "\n").map(String.init)
                guard let line = lines.last(where: { $0.hasPrefix("trying ") })?.dropFirst("trying ".count) else {
                    print("no case was tried: \(result.output)")
                    return false
                }
                try await report(SweepCase(line: String(line)), status: result.status, lines.last ?? "")
                return false
            }
            done += count
            print("\(done) cases")
        }
        return true
    }

    private static func report(_ failed: SweepCase, status: Int32, _ complaint: String) async throws {
        print("failed: \(failed.line)")
        print(complaint.hasPrefix("failed ") ? complaint : "the process ended with status \(status)")
        let smallest = try await failed.reduced { try run(["--case", $0.line]).status != 0 }
        print("smallest: \(smallest.line)")
        print("again with: SweepHelper --case '\(smallest.line)'")
    }

    /// Runs this program with other arguments.
    ///
    /// Returns its output and exit status, 128 and more for a signal.
    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let isSignal = process.terminationReason == .uncaughtSignal
        return (isSignal ? 128 + process.terminationStatus : process.terminationStatus, output)
    }
}

/// The options on the command line.
private struct Options {
    enum Task {
        case one(String)
        case worker(Range<Int>)
        case sweep
    }

    var task = Task.sweep
    var seed: UInt64 = 0
    var count = 0
    var minutes: Double?
    var detector: String?

    init?(_ arguments: [String]) {
        guard arguments.count % 2 == 0, !arguments.isEmpty else { return nil }
        var first: Int?
        for index in stride(from: 0, to: arguments.count, by: 2) {
            let value = arguments[index + 1]
            switch arguments[index] {
            case "--case": task = .one(value)
            case "--seed":
                guard let number = UInt64(value) else { return nil }
                seed = number
            case "--count":
                guard let number = Int(value), number > 0 else { return nil }
                count = number
            case "--minutes":
                guard let number = Double(value), number > 0 else { return nil }
                minutes = number
            case "--worker":
                guard let number = Int(value), number >= 0 else { return nil }
                first = number
            case "--detector": detector = value
            default: return nil
            }
        }
        if let detector, !SweepBench.detectorNames.contains(detector) { return nil }
        if let first { task = .worker(first..<first + count) }
        if case .sweep = task, count == 0, minutes == nil { return nil }
    }
}
