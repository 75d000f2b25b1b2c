import Foundation
import TestSupport
import Testing

@testable import Training

/// Tests with a process that is killed, with dropout, because nothing else draws random numbers there.
@Suite(.enabled(if: Engine.isThere, Engine.isNeeded)) struct ProcessTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func helper() throws -> URL {
        let places =
            Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() } + [
                URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            ]
        let found = places.map { $0.appending(path: "TrainingHelper") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        return try #require(found, "TrainingHelper is not built")
    }

    private func configuration(delay: Double) throws -> URL {
        try folder.file(
            "configuration.json",
            Data(
                """
                {"task": "toy", "epochs": 3, "batch": 16, "threads": 1, "prefetch": 1,
                 "checkpoints": {"everySteps": 5}, "settings": {"dropout": 0.5, "delay": \(delay)}}
                """.utf8))
    }

    /// Starts the helper; its output goes to the file `name`.
    private func start(_ configuration: URL, into run: String, output name: String) throws -> Process {
        let process = Process()
        process.executableURL = try helper()
        process.arguments = [Engine.library.path, configuration.path, folder.path(run)]
        process.standardOutput = try FileHandle(forWritingTo: folder.file(name))
        try process.run()
        return process
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
    }

    private func losses(_ run: String) throws -> [Int: Double] {
        let log = try MetricsLog(at: folder.url.appending(path: "\(run)/seed-1/metrics.jsonl"))
        return Dictionary(uniqueKeysWithValues: log.steps.map { ($0.step, $0.loss) })
    }

    @Test(.timeLimit(.minutes(30))) func killedItGoesOnFromItsLastCheckpoint() throws {
        let file = try configuration(delay: 0.02)
        let whole = try start(file, into: "whole", output: "whole.txt")
        whole.waitUntilExit()
        #expect(whole.terminationStatus == 0)

        let victim = try start(file, into: "parts", output: "first.txt")
        while victim.isRunning, try !text("first.txt").contains("step 1 13 ") { usleep(1000) }
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()
        #expect(victim.terminationReason == .uncaughtSignal)

        let second = try start(file, into: "parts", output: "second.txt")
        second.waitUntilExit()
        let told = try text("second.txt")
        let begun = told.split(separator: "\n").first { $0.hasPrefix("started 1 ") }.flatMap { Int($0.dropFirst(10)) }
        #expect(second.terminationStatus == 0 && told.hasSuffix("done\n"))
        #expect((begun ?? 0) >= 10 && (begun ?? 0) % 5 == 0)
        let (expected, found) = (try losses("whole"), try losses("parts"))
        #expect(found == expected && found.count == 30)
    }
}
