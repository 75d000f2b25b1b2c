import Foundation
import TestSupport
import Testing

@testable import Tensors

/// Expects a shape and values.
func expect(
    _ tensor: Tensor, _ shape: [Int], _ values: [Float], within tolerance: Float = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(tensor.shape == shape, sourceLocation: sourceLocation)
    expect(tensor.floats, values, within: tolerance, sourceLocation: sourceLocation)
}

/// Expects each number, relative to the largest if that is above 1.
func expect(
    _ found: [Float], _ expected: [Float], within tolerance: Float = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    let scale = max(1, expected.map(abs).max() ?? 0)
    let difference = zip(found, expected).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? 0
    #expect(difference <= tolerance * scale, "\(found) ≠ \(expected)", sourceLocation: sourceLocation)
}

/// Returns a vector.
func vector(_ values: Float...) -> Tensor { Tensor(values, shape: [values.count]) }

/// Returns random numbers that are the same in every run.
func drawn(_ shape: Int..., seed: UInt64 = 1) -> Tensor { Tensor.normal(shape: shape, seed: seed) }

/// Returns a number that depends on each element with a different weight.
func weighted(_ x: Tensor) -> Tensor { (x * Tensor.normal(shape: x.shape, seed: 99)).sum() }

/// Compares the gradients of `loss` with central differences, for every element of each leaf.
func expectGradients(
    of leaves: Tensor..., step: Float = 1e-2, within tolerance: Float = 2e-3,
    sourceLocation: SourceLocation = #_sourceLocation, _ loss: () -> Tensor
) {
    for leaf in leaves {
        leaf.requiresGradient = true
        leaf.clearGradient()
    }
    loss().backward()
    for leaf in leaves {
        let values = leaf.floats
        let differences = values.indices.map { index -> Float in
            func shifted(_ by: Float) -> Float {
                var moved = values
                moved[index] += by
                leaf.copy(from: Tensor(moved, shape: leaf.shape))
                return withoutGradients { loss().scalar }
            }
            return (shifted(step) - shifted(-step)) / (2 * step)
        }
        leaf.copy(from: Tensor(values, shape: leaf.shape))
        let gradient = leaf.gradient
        #expect(gradient != nil, sourceLocation: sourceLocation)
        expect(gradient?.floats ?? [], differences, within: tolerance, sourceLocation: sourceLocation)
    }
}

/// The results of PyTorch, from a file made by `make_golden.py`.
struct Golden: Decodable {
    struct Numbers: Decodable {
        let shape: [Int]
        let values: [Float]

        var tensor: Tensor { Tensor(values, shape: shape) }
    }

    /// A function's result, and the gradients of the sum of its squares.
    struct Layer: Decodable {
        let inputs: [String: Numbers]
        let result: Numbers
        let gradients: [String: Numbers]
        /// The mean of a batch normalization, after it.
        let mean: Numbers?
        let variance: Numbers?

        func expect(
            within tolerance: Float = 1e-5, sourceLocation: SourceLocation = #_sourceLocation,
            _ run: ([String: Tensor]) throws -> Tensor
        ) rethrows {
            let leaves = inputs.mapValues(\.tensor)
            for leaf in leaves.values { leaf.requiresGradient = true }
            let result = try run(leaves)
            TensorsTests.expect(
                result, self.result.shape, self.result.values, within: tolerance, sourceLocation: sourceLocation)
            result.squared.sum().backward()
            for (name, gradient) in gradients {
                TensorsTests.expect(
                    leaves[name]?.gradient?.floats ?? [], gradient.values, within: 4 * tolerance,
                    sourceLocation: sourceLocation)
            }
        }
    }

    struct Optimizers: Decodable {
        let start: Numbers
        let target: Numbers
        let bend: Numbers
        let trajectories: [String: [Numbers]]
    }

    struct Clipping: Decodable {
        let norm: Double
        let first: Numbers
        let second: Numbers
    }

    let layers: [String: Layer]
    let optimizers: Optimizers
    let clipping: Clipping

    /// Returns a file of `Golden/`.
    static func file(_ name: String) throws -> Data {
        let folder = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        return try Data(contentsOf: folder.appending(path: "Golden/\(name)"))
    }

    static func read() throws -> Golden { try JSONDecoder().decode(Golden.self, from: file("torch.json")) }

    static func layer(_ name: String) throws -> Layer { try #require(read().layers[name]) }
}

extension Dictionary where Key == String, Value == Tensor {
    /// Returns the tensor with this name, which must exist.
    func named(_ name: String) throws -> Tensor { try #require(self[name]) }
}

/// Returns a store with these tensors.
func store(_ values: [String: Tensor]) -> ParameterStore { ParameterStore(values.mapValues(\.detached)) }

/// The reason for skipping a suite.
let needsEngine = Comment(rawValue: Fixtures.needsTrainingEngine)
