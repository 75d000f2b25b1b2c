import ArgumentParser
import BenchmarkSupport
import Foundation
import Recognition

/// Times the processing from a photograph's bytes to embeddings, for every detector and precision, and prints JSON.
@main
struct PipelineBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline-benchmark",
        abstract: "Time the way from a JPEG's bytes to its faces' embeddings, by stage, and for a folder.",
        discussion: """
            With --turns, reads lines from the standard input and answers each with a line of JSON:
              settings                   the settings that can be measured
              picture SETTING SECONDS    one photograph, such as: picture yunet+sface bf16 2
              folder SETTING COUNT       the first photographs of the folder
            """)

    @Option(help: "The folder of photographs from Benchmarks/run: .output/benchmarks/pictures.") var pictures: String
    @Option(help: "Threads of the networks.") var threads = 2
    @Option(help: "The number of pictures of a folder at once; the number of cores by default.")
    var workers = ProcessInfo.processInfo.activeProcessorCount
    @Option(help: "Seconds for one photograph.") var seconds = 3.0
    @Option(help: "Photographs of the folder.") var count = 1000
    @Flag(help: "Make the measurements that the standard input requests.") var turns = false

    private struct Report: Encodable {
        let threads: Int
        let picture: [PictureResult]
        let folder: [FolderResult]
    }

    func run() async throws {
        var stopwatch = try Stopwatch(pictures: URL(filePath: pictures), threads: threads)
        let pipelines = try Pipeline.all()
        let settings = try await stopwatch.precisions().flatMap { precision in
            pipelines.map { Setting(pipeline: $0, precision: precision, workers: 1) }
        }
        if turns { return try await takeTurns(settings, &stopwatch) }
        var ones: [PictureResult] = [], folders: [FolderResult] = []
        for setting in settings { ones.append(try await stopwatch.picture(setting, seconds: seconds)) }
        for setting in settings { folders.append(try await stopwatch.folder(parallel(setting), count: count)) }
        try Output.report(Report(threads: threads, picture: ones, folder: folders))
    }

    /// Returns the same setting with several pictures at once.
    private func parallel(_ setting: Setting) -> Setting {
        Setting(pipeline: setting.pipeline, precision: setting.precision, workers: workers)
    }

    private func takeTurns(_ settings: [Setting], _ stopwatch: inout Stopwatch) async throws {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            if words == ["settings"] {
                try Output.line(settings.map(\.name))
                continue
            }
            guard words.count == 4, let setting = settings.first(where: { $0.name == "\(words[1]) \(words[2])" }),
                let amount = Double(words[3])
            else { throw ValidationError("can't measure '\(line)'") }
            switch words[0] {
            case "picture": try Output.line(try await stopwatch.picture(setting, seconds: amount))
            case "folder": try Output.line(try await stopwatch.folder(parallel(setting), count: Int(amount)))
            default: throw ValidationError("can't measure '\(line)'")
            }
        }
    }
}
