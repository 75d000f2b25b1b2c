public import Foundation
import Tensors

extension Fixtures {
    /// The training engine's shim: the one that `LIKENESS_TRAINING_ENGINE` names, else that of
    /// `scripts/setup --training`.
    public static let trainingEngine: URL =
        ProcessInfo.processInfo.environment["LIKENESS_TRAINING_ENGINE"].map { URL(filePath: $0) }
        ?? dependencies.appending(path: "torch/lib/\(TrainingEngine.fileName)")

    /// Whether the training engine is there; it is open afterwards. One that is there but can't be opened ends the tests:
    /// it must not pass for one that is missing.
    public static let hasTrainingEngine: Bool = {
        do throws(TrainingEngineError) {
            try TrainingEngine.open(library: trainingEngine)
            return true
        } catch {
            guard case .missing = error else { fatalError("\(error)") }
            return false
        }
    }()

    /// Why a test that needs the training engine is skipped.
    public static let needsTrainingEngine = "needs libtorch: run scripts/setup --training"

    /// The Python of the benchmarks' peers, which has ONNX Runtime and PyTorch.
    public static let peersPython: URL = dependencies.appending(path: "peers/bin/python")

    /// Whether the peers are set up.
    public static let hasPeers = FileManager.default.isExecutableFile(atPath: peersPython.path)

    /// Why a test that needs the peers is skipped.
    public static let needsPeers = "needs the benchmarks' Python: run Benchmarks/peers/setup"
}
