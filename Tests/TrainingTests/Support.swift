import Foundation
import Tensors
import TestSupport
import Testing

/// The training engine, if the setup has fetched it.
enum Engine {
    static let library: URL = {
        if let file = ProcessInfo.processInfo.environment["LIKENESS_TRAINING_ENGINE"] { return URL(filePath: file) }
        return Fixtures.dependencies.appending(path: "torch/lib/\(TrainingEngine.fileName)")
    }()
    static let isThere = FileManager.default.fileExists(atPath: library.path)
    static let isNeeded: Comment = "needs the training engine: run scripts/setup --training"

    static func open() throws {
        try TrainingEngine.open(library: library)
        TrainingEngine.setThreads(1)
    }
}

/// Compares the gradient of `function` at `values` with finite differences, for each number.
func expectGradient(
    at values: [Float], shape: [Int], step: Float = 1e-2, tolerance: Float = 1e-2,
    sourceLocation: SourceLocation = #_sourceLocation, of function: (Tensor) -> Tensor
) {
    let x = Tensor(values, shape: shape)
    x.requiresGradient = true
    function(x).backward()
    let gradient = x.gradient?.floats ?? []
    #expect(gradient.count == values.count, sourceLocation: sourceLocation)
    for index in gradient.indices {
        let changes = [step, -step].map { change in
            var moved = values
            moved[index] += change
            return function(Tensor(moved, shape: shape)).scalar
        }
        let slope = (changes[0] - changes[1]) / (2 * step)
        #expect(
            abs(gradient[index] - slope) <= tolerance * max(1, abs(slope)),
            "the gradient in number \(index) is \(gradient[index]), the slope \(slope)", sourceLocation: sourceLocation)
    }
}

/// Returns whether two numbers agree to `tolerance`.
func isNear(_ a: Float, _ b: Double, _ tolerance: Double = 1e-5) -> Bool { abs(Double(a) - b) <= tolerance }

/// Returns points on the unit circle, one per row.
func directions(_ degrees: [Double]) -> [Float] {
    degrees.flatMap { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] }
}
