import ArgumentParser
import BenchmarkSupport
import Foundation

/// Times a gallery in a file, and checks that searches among real faces give the same results as comparing with every
/// face.
@main
struct GalleryBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery-benchmark",
        abstract: "Time a gallery in a file: import, the first search, identification and enrollment.",
        discussion: """
            With --exported, searches an exported gallery for each of its own templates, which is removed during the \
            search, and compares the results of both kinds of scan with those of comparing with every template.
            """)

    @Option(help: "Synthetic templates.") var templates = 200_000
    @Option(help: "Templates per person.") var perPerson = 10
    @Option(help: "Values per template.") var dimension = 128
    @Option(help: "An exported gallery to search instead.") var exported: String?
    @Option(help: "The largest number of its templates to search for.") var probes = 1000

    func run() async throws {
        if let exported {
            try Output.report(try RealFaces(contentsOf: URL(filePath: exported)).compare(probes))
        } else {
            try Output.report(
                try await StoreTimes(templates: templates, perPerson: perPerson, dimension: dimension))
        }
    }
}
