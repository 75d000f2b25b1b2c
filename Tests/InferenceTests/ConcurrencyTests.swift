import Foundation
import TestSupport
import Testing

@testable import Inference

/// Tests every installed network, compiled for several streams and several requests at once.
///
/// The engine chooses kernels by the batch and the threads per stream, and may fail depending on them: OpenVINO
/// 2026.4.1 ended the process while compiling a gate after fully connected layers.
@Suite(.serialized, .enabled(if: Fixtures.isSetUp, "\(Fixtures.needsSetUp)"))
struct ConcurrencyTests {
    /// A network's file, with the engine's division of threads.
    struct Case: CustomTestStringConvertible {
        let file: URL
        let streams: Int
        let threads: Int
        let batch: Int

        /// Quantized networks run in integers only.
        var precision: PrecisionChoice {
            .exactly(file.deletingLastPathComponent().path.hasSuffix("-int8") ? .int8 : .f32)
        }

        var testDescription: String {
            let name = "\(file.deletingLastPathComponent().lastPathComponent)/\(file.lastPathComponent)"
            return "\(name), \(streams) streams, \(threads) threads, batches of \(batch)"
        }
    }

    private static let models = Fixtures.dependencies.appending(path: "models")

    static let cases: [Case] = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: models.path)) ?? []
        let files = folders.sorted().flatMap { folder in
            let folder = models.appending(path: folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.filter { $0.hasSuffix(".onnx") }.sorted().map { folder.appending(path: $0) }
        }
        // One thread for all streams, one for each stream, and several rows per thread.
        return files.flatMap { file in
            [(1, 1, 1), (2, 2, 1), (1, 2, 4)].map {
                Case(file: file, streams: $0.0, threads: $0.1, batch: $0.2)
            }
        }
    }()

    private static let requests = 4
    private static let rounds = 2

    @Test func everyNetworkIsTried() {
        let folders = Set(Self.cases.map { $0.file.deletingLastPathComponent().lastPathComponent })
        #expect(folders.isSuperset(of: ["ds-aean", "facenet-masked", "facenet-strengthened", "mask-gan", "sface"]))
    }

    @Test(arguments: cases) func atOnceComputesWhatAloneDoes(_ test: Case) async throws {
        let (network, inputs, alone) = try await EngineExecutor.run {
            let engine = try Engine(libraryDirectory: Fixtures.engine)
            let open = try Network(
                engine: engine, contentsOf: test.file, configuration: NetworkConfiguration(precision: test.precision))
            let shapes = open.inputs.map { Self.shape($0.shape, batch: test.batch) }
            let configuration = NetworkConfiguration(
                precision: test.precision, threads: test.threads, streams: test.streams)
            let network = try Network(
                engine: engine, contentsOf: test.file, inputShapes: shapes, configuration: configuration)
            let inputs = (0..<Self.requests).map { seed in
                shapes.enumerated().map { Self.input($1, seed: seed * 5 + $0) }
            }
            return (network, inputs, try inputs.map { try network.run($0) })
        }
        let worst = try await withThrowingTaskGroup(of: Float.self) { group in
            for (input, expected) in zip(inputs, alone) {
                group.addTask {
                    try await EngineExecutor.run {
                        try (0..<Self.rounds).map { _ in Self.difference(try network.run(input), expected) }.max()
                            ?? .infinity
                    }
                }
            }
            return try await group.reduce(into: [Float]()) { $0.append($1) }
        }
        #expect(worst.count == Self.requests)
        #expect(worst.allSatisfy { $0 < 1e-5 }, "\(worst)")
    }

    /// Returns `shape` with `batch`, and the sides of a small picture for open dimensions.
    private static func shape(_ shape: [Int?], batch: Int) -> [Int] {
        shape.enumerated().map { $1 ?? ($0 == 0 ? batch : 96) }
    }

    /// Returns numbers between -1 and 1 that differ from place to place.
    private static func input(_ shape: [Int], seed: Int) -> Tensor {
        Tensor(
            shape: shape,
            values: (0..<shape.reduce(1, *)).map { Float(($0 * 31 + $0 / 97 + seed * 17) % 256) / 128 - 1 })
    }

    /// Returns the largest difference between the outputs of two runs, relative to the output's largest number.
    private static func difference(_ a: [Tensor], _ b: [Tensor]) -> Float {
        guard a.map(\.shape) == b.map(\.shape) else { return .infinity }
        return zip(a, b).map { a, b in
            let largest = b.values.reduce(Float(1e-6)) { max($0, abs($1)) }
            let differences = zip(a.values, b.values).map { abs($0 - $1) }
            // NaN must count as different.
            return differences.contains { $0.isNaN } ? .infinity : (differences.max() ?? 0) / largest
        }.max() ?? .infinity
    }
}
