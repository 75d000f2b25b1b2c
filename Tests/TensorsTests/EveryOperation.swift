@testable import Tensors

/// A network that uses every exportable operation, without a meaningful result.
struct EveryOperation {
    static let inputs = [(name: "picture", shape: [1, 3, 12, 10]), (name: "vector", shape: [1, 5])]
    static let outputs = ["map", "tokens", "numbers", "truths", "chosen"]
    /// The ONNX names of the operations.
    static let operations: Set<String> = [
        "Add", "Sub", "Mul", "Div", "Neg", "MatMul", "Pow", "Max", "Min", "Clip", "Equal", "Not", "Greater", "Less",
        "GreaterOrEqual", "LessOrEqual", "And", "Or", "Where", "Abs", "Exp", "Log", "Sqrt", "Cos", "Acos", "Relu",
        "Sigmoid", "Tanh", "Softplus", "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin",
        "ReduceL2", "ArgMax", "Softmax", "LogSoftmax", "Reshape", "Transpose", "Concat", "Slice", "Gather",
        "GatherElements", "Cast", "Gemm", "Conv", "ConvTranspose", "MaxPool", "AveragePool", "Shape", "Resize",
        "BatchNormalization", "LayerNormalization", "Identity",
    ]

    let store = ParameterStore(seed: 4)
    private let convolution: Conv2d
    private let folded: BatchNorm2d
    private let alone: BatchNorm2d
    private let larger: ConvTranspose2d
    private let layer: Linear
    private let tokenLayer: Linear
    private let plain: Linear
    private let norm: LayerNorm
    private let free: Tensor

    init() throws {
        let root = store.root
        convolution = try Conv2d(
            root["convolution"], in: 3, out: 6, kernel: (3, 2), stride: 2, padding: (1, 0), groups: 3)
        folded = try BatchNorm2d(root["folded"], channels: 6)
        alone = try BatchNorm2d(root["alone"], channels: 6, scaled: false, epsilon: 1e-3)
        larger = try ConvTranspose2d(root["larger"], in: 6, out: 4, kernel: 3, stride: 2, padding: 1)
        layer = try Linear(root["layer"], in: 5, out: 4)
        tokenLayer = try Linear(root["tokenLayer"], in: 4, out: 4)
        plain = try Linear(root["plain"], in: 4, out: 3, bias: false)
        norm = try LayerNorm(root["norm"], size: 4)
        free = try root.tensor("free", [4], .normal(1))
        for entry in store.entries where entry.isBuffer {
            let drawn = Tensor.uniform(0.5..<2, shape: entry.tensor.shape, seed: UInt64(entry.name.count))
            entry.tensor.copy(from: drawn)
        }
    }

    func callAsFunction(_ picture: Tensor, _ vector: Tensor) -> [Tensor] {
        let features = relu(folded(convolution(picture), training: false))
        let normalized = alone(maxPool(features, kernel: 3, stride: 1, padding: 1), training: false)
        let map = Tensor.concatenated(
            [
                resize(larger(normalized), height: 9, width: 7),
                resize(averagePool(features, kernel: 2, stride: 2, padding: 1), height: 9, width: 7).flipped(-1),
            ], axis: 1)
        let tokens = map.slice(1, 0..<8, step: 2).reshaped([-1, 4, 63]).transposed
        let attended = norm(tokenLayer(tokens)) + plainAttention(tokens)
        let x = layer(vector) * free
        let numbers = functions(x, attended)
        let truths = comparisons(x)
        let best = x.argMax(1)
        let chosen = Tensor.concatenated(
            [
                x.gathered(best.reshaped([-1, 1]), axis: 1), x.taking(Tensor([3, 1]), axis: 1),
                best.to(.float32).reshaped([-1, 1]), free.reshaped([4, 1]).taking(best),
            ], axis: 1)
        return [map, attended, numbers, truths, chosen]
    }

    private func plainAttention(_ tokens: Tensor) -> Tensor {
        let weights = (plain(tokens).matmul(plain(tokens).transposed) / 3).softmax()
        return weights.matmul(tokens.softmax(1)) - tokens.logSoftmax(-1) * 0.1
    }

    private func functions(_ x: Tensor, _ tokens: Tensor) -> Tensor {
        let unit = x.normalized().clamped(to: -0.99...0.99)
        let lowest = tokens.min(1, keepingAxes: true).reshaped([-1, 4])
        let reduced: [Tensor] = [
            tokens.sum(1), tokens.mean(1), tokens.max(1), lowest, tokens.logSumExp(1), tokens.norm(1),
        ]
        let powers: [Tensor] = [x.pow(2), x.squared, x.magnitude.squareRoot, x.cosine, unit.arcCosine]
        let logarithm: Tensor = (x.magnitude + 0.1).logarithm
        let quotient: Tensor = x / (2 + x.squared)
        let bent: [Tensor] = [sigmoid(x), tanh(x), softplus(x), silu(x), 1 - x, (-x).exponential, logarithm, quotient]
        let bounded: [Tensor] = [x.maximum(0.1).minimum(0.5), x.maximum(free).minimum(x * 2)]
        return Tensor.concatenated(reduced + powers + bent + bounded + [x.detached.copied.to(.float32)], axis: 1)
    }

    private func comparisons(_ x: Tensor) -> Tensor {
        let (a, b) = (x .> 0.2, x .< free)
        let truths: [Tensor] = [a .& b, a .| b, x .!= x.maximum(0), x .>= 0, x .<= 0, x .> free, x .< 0]
        let numbers = truths.map { $0.to(.float32) }
        return Tensor.concatenated(numbers + [a.select(x, free), b.select(x * 2, x)], axis: 1)
    }

    func graph() -> ONNXGraph {
        ONNXGraph(inputs: Self.inputs, outputs: Self.outputs, parameters: store) { self($0[0], $0[1]) }
    }
}
