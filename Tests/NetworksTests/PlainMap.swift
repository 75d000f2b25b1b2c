import Foundation
import Tensors

/// A batch of feature maps as plain numbers, with layers computed one number at a time, as a reference for the
/// networks' modules.
struct PlainMap {
    let shape: [Int]
    var values: [Double]

    init(shape: [Int], values: [Double]) { (self.shape, self.values) = (shape, values) }

    init(_ tensor: Tensors.Tensor) { self.init(shape: tensor.shape, values: tensor.floats.map(Double.init)) }

    subscript(n: Int, c: Int, y: Int, x: Int) -> Double {
        let inside = y >= 0 && y < shape[2] && x >= 0 && x < shape[3]
        return inside ? values[((n * shape[1] + c) * shape[2] + y) * shape[3] + x] : 0
    }

    /// Returns the map with the numbers that `value` gives for batch, channel, row and column.
    static func filled(_ shape: [Int], _ value: (Int, Int, Int, Int) -> Double) -> PlainMap {
        var values: [Double] = []
        for n in 0..<shape[0] {
            for c in 0..<shape[1] {
                for y in 0..<shape[2] {
                    for x in 0..<shape[3] { values.append(value(n, c, y, x)) }
                }
            }
        }
        return PlainMap(shape: shape, values: values)
    }

    func mapping(_ change: (Double) -> Double) -> PlainMap {
        PlainMap(shape: shape, values: values.map(change))
    }

    /// Returns the map with a function applied to each channel.
    func mapping(_ change: (Int, Double) -> Double) -> PlainMap {
        Self.filled(shape) { change($1, self[$0, $1, $2, $3]) }
    }

    /// Returns the map combined with `other` element by element; an extent of 1 in `other` is broadcast.
    func with(_ other: PlainMap, _ change: (Double, Double) -> Double) -> PlainMap {
        Self.filled(shape) { n, c, y, x in
            let place = (min(y, other.shape[2] - 1), min(x, other.shape[3] - 1))
            return change(self[n, c, y, x], other[n, c, place.0, place.1])
        }
    }

    static func + (a: PlainMap, b: PlainMap) -> PlainMap { a.with(b, +) }

    /// The mean over the places, `[batch, channels, 1, 1]`.
    var mean: PlainMap {
        Self.filled([shape[0], shape[1], 1, 1]) { n, c, _, _ in
            var sum = 0.0
            for y in 0..<shape[2] {
                for x in 0..<shape[3] { sum += self[n, c, y, x] }
            }
            return sum / Double(shape[2] * shape[3])
        }
    }

    /// Returns the convolution with `kernel`, padded by half of its side.
    func convolved(_ kernel: PlainMap, bias: [Double]? = nil, stride: Int = 1, groups: Int = 1) -> PlainMap {
        let side = kernel.shape[2], inputs = kernel.shape[1], outputs = kernel.shape[0]
        let extents = [2, 3].map { (shape[$0] + 2 * (side / 2) - side) / stride + 1 }
        return Self.filled([shape[0], outputs] + extents) { n, o, y, x in
            var sum = bias?[o] ?? 0
            let first = o / (outputs / groups) * inputs
            for i in 0..<inputs {
                for v in 0..<side {
                    for u in 0..<side {
                        let (row, column) = (y * stride + v - side / 2, x * stride + u - side / 2)
                        sum += kernel[o, i, v, u] * self[n, first + i, row, column]
                    }
                }
            }
            return sum
        }
    }
}

/// The values of a module's layers, by name.
struct PlainLayers {
    let values: [String: Tensors.Tensor]

    init(_ store: ParameterStore) { values = store.dictionary }

    func numbers(_ name: String) -> [Double] { (values[name]?.floats ?? []).map(Double.init) }

    func kernel(_ name: String) -> PlainMap {
        PlainMap(shape: values[name]?.shape ?? [], values: numbers(name))
    }

    /// Returns the batch normalization by the running averages.
    func normalized(_ x: PlainMap, _ name: String) -> PlainMap {
        let (weight, bias) = (numbers(name + ".weight"), numbers(name + ".bias"))
        let (mean, variance) = (numbers(name + ".running_mean"), numbers(name + ".running_var"))
        return x.mapping { c, value in
            (value - mean[c]) / (variance[c] + 1e-5).squareRoot() * weight[c] + bias[c]
        }
    }

    /// Returns the convolution and normalization under `name`.
    func unit(_ x: PlainMap, _ name: String, stride: Int = 1, groups: Int = 1) -> PlainMap {
        normalized(
            x.convolved(kernel(name + ".conv.weight"), stride: stride, groups: groups), name + ".bn")
    }

    /// Returns the squeeze and excitation under `name`.
    func gated(_ x: PlainMap, _ name: String, _ activation: (Double) -> Double) -> PlainMap {
        let squeezed = x.mean.convolved(
            kernel(name + ".squeeze.weight"), bias: numbers(name + ".squeeze.bias"))
        let excited = squeezed.mapping(activation)
            .convolved(kernel(name + ".excite.weight"), bias: numbers(name + ".excite.bias"))
        return x.with(excited.mapping(logistic), *)
    }
}

/// Returns 1 / (1 + e⁻ˣ).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
