import Foundation
public import Inference

/// A contest of networks that run in turns, so that other load on the machine affects all of them.
public struct NetworkContest {
    /// A network with its times.
    public struct Entry: Encodable, Sendable {
        /// The name of the network.
        public let network: String
        /// The precision used.
        public let precision: String
        /// The number of learned values.
        public let values: Int
        /// The size of the ONNX file.
        public let fileMiB: Double
        /// The measured times.
        public let milliseconds: Times
        /// The median over the rounds of its time divided by the first network's in the same round.
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
    ///   - name: The name of the network.
    ///   - data: The bytes of its ONNX file.
    ///   - values: The number of learned values.
    ///   - inputs: The inputs in each round.
    /// - Throws: `EngineError`.
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

    /// The peak memory of the process, in MiB; the system reports KiB.
    public static var peakMiB: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }
}
