public import ArgumentParser
import Foundation
public import Inference
import Tensors

/// The options of all benchmarks of networks in turns, and their output.
public struct ContestOptions: ParsableArguments {
    @Option(help: "The installation's folder of engines and models.") var dependencies = ".deps"
    @Option(help: "f32 or bf16.") var precision = Precision.f32
    @Option(help: "Threads of the networks.") var threads = 2
    @Option(help: "The number of timed runs of each network.") var rounds = 100

    /// Creates the defaults.
    public init() {}

    /// Checks that values are within their ranges.
    public mutating func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be 1 or more") }
    }

    private struct Report: Encodable {
        let threads: Int
        let peakMiB: Double
        let networks: [NetworkContest.Entry]
    }

    /// Opens both engines, lets `enter` add the contestants, times them and prints JSON.
    public func hold(_ enter: (inout NetworkContest) throws -> Void) throws {
        let folder = URL(filePath: dependencies)
        try TrainingEngine.open(library: folder.appending(path: "torch/lib/\(TrainingEngine.fileName)"))
        var contest = NetworkContest(
            engine: try Engine(libraryDirectory: folder.appending(path: "openvino/lib")),
            configuration: NetworkConfiguration(precision: .exactly(precision), threads: threads))
        try enter(&contest)
        let entries = try contest.run(rounds: rounds)
        try Output.report(Report(threads: threads, peakMiB: NetworkContest.peakMiB, networks: entries))
    }
}

extension Precision: @retroactive ExpressibleByArgument {}
