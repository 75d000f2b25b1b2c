import ArgumentParser
import BenchmarkSupport
import Foundation
import Networks
import Tensors

/// Trains FaceNet on one batch of noise on request.
@main
struct TrainingBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training-benchmark",
        abstract: "Time steps of training: forward, backward and Adam.",
        discussion: """
            Writes a line of JSON when it is ready. Then reads a precision, fp32 or bf16, from each line of the \
            standard input, and answers with the seconds per step.
            """)

    @Option(help: "The training engine's shim.") var engine: String
    @Option(help: "Threads of one operation.") var threads = 2
    @Option(help: "Pictures in a batch, of 160 x 160 pixels.") var batch = 32
    @Option(help: "Steps per answer.") var steps = 2

    func run() throws {
        try TrainingEngine.open(library: URL(filePath: engine))
        TrainingEngine.setThreads(threads)
        let training = try Training(batch: batch)
        try Output.line(["engine": "libtorch \(TrainingEngine.version)", "parameters": "\(training.parameters)"])
        while let precision = readLine() {
            guard ["fp32", "bf16"].contains(precision) else {
                throw ValidationError("unknown precision '\(precision)'")
            }
            let seconds = stopwatch { for _ in 0..<steps { training.step(isBrief: precision == "bf16") } }
            try Output.line(["seconds": seconds / Double(steps)])
        }
    }
}

/// Plain FaceNet with batch normalization, trained toward random unit vectors.
private struct Training {
    private let store = ParameterStore(seed: 1)
    private let network: FaceNetwork
    private let optimizer: Optimizer
    private let pictures: Tensor
    private let targets: Tensor

    init(batch: Int) throws {
        var configuration = FaceNetworkConfiguration()
        configuration.normalization = .batch
        network = try FaceNetwork(store.root, configuration)
        optimizer = Optimizer(.adam(), store)
        pictures = Tensor.normal(shape: [batch, 3, 160, 160], seed: 2).channelsLast
        targets = Tensor.normal(shape: [batch, configuration.dimension], seed: 3).normalized()
    }

    var parameters: Int { store.count }

    func step(isBrief: Bool) {
        store.clearGradients()
        let embeddings = withAutocast(isBrief, on: .cpu) { network(pictures, training: true) }
        let loss = (embeddings.to(.float32) - targets).squared.sum(1).mean()
        loss.backward()
        optimizer.step(rate: 1e-3)
        // As in a loop that reports its loss.
        precondition(loss.scalar.isFinite, "the loss is not finite")
    }
}
