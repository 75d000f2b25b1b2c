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
        abstract: "Embedding one face, model by model in turns: what gate and fusions cost beside the plain network.",
        discussion: """
            'beyondFirst' is the median, over the rounds, of how many milliseconds a model takes longer than the first one \
            in the same round. The mask classifier, where it is installed, is timed too.
            """)

    @Argument(help: "Installed models; the first is what the others are compared with.")
    var models: [String]
    @Option(help: "A photograph with a face.") var picture: String
    @Option(help: "f32 or bf16.") var precision = FaceFinderConfiguration.Precision.automatic
    @Option(help: "Threads of the networks.") var threads = 2
    @Option(help: "How often each model is timed.") var rounds = 300
    @Option(help: "How many copies of the face are embedded together.") var faces = 1

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
        if models.isEmpty { throw ValidationError("which models? Such as: facenet-128 facenet-strengthened") }
        if rounds < 1 || faces < 1 { throw ValidationError("--rounds and --faces are 1 or more") }
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
            let recognizer = try await Recognizer(
                installation: .locate(),
                configuration: RecognizerConfiguration(
                    finder: FaceFinderConfiguration(precision: precision, threads: threads), model: model))
            let embedder = recognizer.embedder
            guard let face = try await recognizer.finder.detector.faces(in: image).first else {
                throw ValidationError("\(picture) has no face")
            }
            let crops = Array(repeating: try face.aligned(in: image, to: embedder.template), count: faces)
            contestants.append(
                Contestant(name: model, precision: embedder.precision) { _ = try await embedder.embeddings(of: crops) })
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

extension FaceFinderConfiguration.Precision: @retroactive ExpressibleByArgument {}
