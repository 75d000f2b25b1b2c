public import Foundation
import Tensors

extension Fixtures {
    /// The training engine's shim: that of `LIKENESS_TRAINING_ENGINE`, otherwise that of `scripts/setup --training`.
    public static let trainingEngine: URL =
        ProcessInfo.processInfo.environment["LIKENESS_TRAINING_ENGINE"].map { URL(filePath: $0) }
        ?? dependencies.appending(path: "torch/lib/\(TrainingEngine.fileName)")

    /// Whether the training engine exists, which also opens it.
    ///
    /// If it exists but can't be opened, the tests end, so that this is not taken for a missing engine.
    public static let hasTrainingEngine: Bool = {
        do throws(TrainingEngineError) {
            try TrainingEngine.open(library: trainingEngine)
            return true
        } catch {
            guard case .missing = error else { fatalError("\(error)") }
            return false
        }
    }()

    /// The reason for skipping a test that needs the training engine.
    public static let needsTrainingEngine = "needs libtorch: run scripts/setup --training"

    /// The Python of the benchmarks' peers, which has ONNX Runtime and PyTorch.
    public static let peersPython: URL = dependencies.appending(path: "peers/bin/python")

    /// Whether the peers are set up.
    public static let hasPeers = FileManager.default.isExecutableFile(atPath: peersPython.path)

    /// The reason for skipping a test that needs the peers.
    public static let needsPeers = "needs the benchmarks' Python: run Benchmarks/peers/setup"
}
