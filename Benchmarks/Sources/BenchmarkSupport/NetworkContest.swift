import Foundation
public import Inference

/// Networks that are timed in turns, so that what else the machine does hits all of them.
public struct NetworkContest {
    /// What is known of a network and its times.
    public struct Entry: Encodable, Sendable {
        /// What it is called.
        public let network: String
        /// The precision that ran.
        public let precision: String
        /// Numbers that were learned, or would be.
        public let values: Int
        /// The size of its ONNX file.
        public let fileMiB: Double
        /// Its times.
        public let milliseconds: Times
        /// The median, over the rounds, of its time beside the first one's in the same round.
        public let relative: Double
    }

    private struct Contestant {
        let name: String
        let values: Int
        let bytes: Int
        let network: Network
        let inputs: [Tensor]
        var seconds: [Double] = []
    }

    private let engine: Engine
    private let configuration: NetworkConfiguration
    private var contestants: [Contestant] = []

    /// Creates a contest without contestants.
    public init(engine: Engine, configuration: NetworkConfiguration) {
        (self.engine, self.configuration) = (engine, configuration)
    }

    /// Compiles a network for the contest.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - file: Its ONNX file's bytes.
    ///   - values: Numbers that were learned, or would be.
    ///   - inputs: What it is given in each round.
    public mutating func add(_ name: String, file data: Data, values: Int, inputs: [Tensor]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let network = try Network(engine: engine, contentsOf: file, configuration: configuration)
        contestants.append(
            Contestant(name: name, values: values, bytes: data.count, network: network, inputs: inputs))
    }

    /// Runs every network five times, and then `rounds` times in turns.
    public mutating func run(rounds: Int) throws -> [Entry] {
        for contestant in contestants { for _ in 0..<5 { _ = try contestant.network.run(contestant.inputs) } }
        for _ in 0..<rounds {
            for index in contestants.indices {
                let contestant = contestants[index]
                contestants[index].seconds.append(
                    try stopwatch { _ = try contestant.network.run(contestant.inputs) })
            }
        }
        let first = contestants.first?.seconds ?? []
        return contestants.map { one in
            Entry(
                network: one.name, precision: one.network.precision.rawValue, values: one.values,
                fileMiB: Double(one.bytes) / 1_048_576, milliseconds: Times(seconds: one.seconds),
                relative: median(zip(one.seconds, first).map { $0 / $1 }))
        }
    }

    /// What the process had in memory at most, in MiB; the system counts in KiB.
    public static var peakMiB: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }
}
