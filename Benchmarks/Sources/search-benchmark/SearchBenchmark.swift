import ArgumentParser
import BenchmarkSupport
import Foundation
import Identities

/// Times exact search and a plain reading of memory, in turns in every round, and prints JSON.
@main
struct SearchBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search-benchmark",
        abstract: "Time exact search among synthetic templates, and a plain reading of the same amount of memory.")

    @Option(help: "Templates.") var rows = 1_000_000
    @Option(help: "Values per template.") var dimension = 128
    @Option(help: "Templates per person.") var templates = 10
    @Option(help: "People that a query returns.") var people = 2
    @Option(help: "Rounds; medians are reported.") var rounds = 15
    @Option(help: "Queries in a batch.") var batch = 32
    @Option(help: "The instruction set; the best by default.") var kernel: String = VectorKernel.best.rawValue
    @Option(help: "Queries with which float and int8 results are compared.") var agreement = 500
    @Flag(help: "Run a round for each line of the standard input, answer with a line, and report at the end.")
    var turns = false
    @Option(help: "Also write the float templates, row by row, to this file.") var dump: String?

    func run() throws {
        guard let chosen = VectorKernel(rawValue: kernel), VectorKernel.supported.contains(chosen) else {
            throw ValidationError(
                "this processor supports only \(VectorKernel.supported.map(\.rawValue).joined(separator: ", "))")
        }
        let gallery = try SyntheticGallery(
            rows: rows, templates: templates, dimension: dimension, kernel: chosen,
            probes: max(agreement, batch + rounds))
        if let dump { try gallery.write(to: URL(filePath: dump)) }
        var measurements = try Measurements(gallery, rows: rows, dimension: dimension, people: people, batch: batch)
        if turns {
            try Output.line(["rows": rows])
            while readLine() != nil { try Output.line(try measurements.next()) }
        } else {
            for _ in 0..<rounds { _ = try measurements.next() }
        }
        let report = Report(
            rows: rows, dimension: dimension, people: gallery.people, kernel: chosen.rawValue,
            rounds: measurements.rounds, fillSeconds: gallery.fillSeconds, times: measurements.times,
            agreement: try gallery.agreement(agreement))
        try turns ? Output.line(report) : Output.report(report)
    }
}
