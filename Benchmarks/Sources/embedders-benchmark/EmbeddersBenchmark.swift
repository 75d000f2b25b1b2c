import ArgumentParser
import BenchmarkSupport
import Faces
import Foundation
import Pixels
import Recognition

/// Times networks for one aligned face, in turns, and prints JSON.
@main
struct EmbeddersBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embedders-benchmark",
        abstract:
            "Time the embedding of one face by several models in turns, which shows the cost of gate and fusions.",
        discussion: """
            'beyondFirst' is the median over the rounds of a model's time minus the first model's in the same round, \
            in milliseconds. The mask classifier is timed too if it is installed.
            """)

    @Argument(
        help: "Installed models, each with a precision or without (sface:f32); the others are compared with the first.")
    var models: [String]
    @Option(help: "A photograph with a face.") var picture: String
    @Option(help: "Threads of the networks.") var threads = 2
    @Option(help: "The number of timed runs of each model.") var rounds = 300
    @Option(help: "The number of copies of the face that are embedded together.") var faces = 1

    private struct Entry: Encodable {
        let name: String
        let precision: String
        let milliseconds: Times
        let beyondFirst: Double
    }

    private struct Report: Encodable {
        let threads: Int
        let faces: Int
        let networks: [Entry]
    }

    /// A network with its task.
    private struct Contestant {
        let name: String
        let precision: String
        let run: () async throws -> Void
        var seconds: [Double] = []
    }

    mutating func validate() throws {
        if models.isEmpty { throw ValidationError("name at least one model, such as facenet-128") }
        for model in models { _ = try Self.parts(of: model) }
        if rounds < 1 || faces < 1 { throw ValidationError("--rounds and --faces must be 1 or more") }
    }

    /// Returns a model's name and precision.
    private static func parts(of model: String) throws -> (name: String, precision: FaceFinderConfiguration.Precision) {
        let parts = model.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return (model, .automatic) }
        guard let precision = FaceFinderConfiguration.Precision(rawValue: parts[1]) else {
            throw ValidationError("\(parts[1]) is no precision: use automatic, f32 or bf16")
        }
        return (parts[0], precision)
    }

    func run() async throws {
        var contestants = try await contestants()
        for contestant in contestants { for _ in 0..<10 { try await contestant.run() } }
        let clock = ContinuousClock()
        for _ in 0..<rounds {
            for index in contestants.indices {
                let start = clock.now
                try await contestants[index].run()
                contestants[index].seconds.append((clock.now - start).seconds)
            }
        }
        let first = contestants[0].seconds
        try Output.report(
            Report(
                threads: threads, faces: faces,
                networks: contestants.map { one in
                    Entry(
                        name: one.name, precision: one.precision, milliseconds: Times(seconds: one.seconds),
                        beyondFirst: median(zip(one.seconds, first).map { $0 - $1 }) * 1e3)
                }))
    }

    private func contestants() async throws -> [Contestant] {
        let image = try Image(contentsOf: URL(filePath: picture))
        var contestants: [Contestant] = []
        var masks: Contestant?
        for model in models {
            let (name, precision) = try Self.parts(of: model)
            let recognizer = try await Recognizer(
                installation: .locate(),
                configuration: RecognizerConfiguration(
                    finder: FaceFinderConfiguration(precision: precision, threads: threads), model: name))
            let embedder = recognizer.embedder
            guard let face = try await recognizer.finder.detector.faces(in: image).first else {
                throw ValidationError("\(picture) has no face")
            }
            let crops = Array(repeating: try face.aligned(in: image, to: embedder.template), count: faces)
            contestants.append(
                Contestant(name: name, precision: embedder.precision) { _ = try await embedder.embeddings(of: crops) })
            let copies = Array(repeating: face, count: faces)
            masks = recognizer.finder.maskEstimator.map { estimator in
                Contestant(name: estimator.card.name, precision: embedder.precision) {
                    _ = try await estimator.maskProbabilities(of: copies, in: image)
                }
            }
        }
        return contestants + (masks.map { [$0] } ?? [])
    }
}
