public import Tensors

/// Two layers of long short-term memory that read a face from top to bottom.
///
/// Hochreiter and Schmidhuber, *Long Short-Term Memory*, 1997, with the forget gate of Gers et al., *Learning to
/// Forget*, 2000. The DS-AEAN paper compares itself with "LSTM" but does not say what the sequence is, how many layers
/// and cells there are, or which output is used. Our choice: a step is a row of 14 patches of 8 × 8 pixels, with 14
/// rows per face; there are two layers of 256 cells; the embedding is computed from the last output of the upper layer.
/// 3.6 million values, 50 million multiplications per face.
public struct RecurrentNetwork: Backbone {
    /// The side of a patch, in pixels.
    static let patch = 8
    /// The number of cells in each layer.
    static let cells = 256

    private let lower: MemoryLayer
    private let upper: MemoryLayer
    private let embedding: Linear
    private let side: Int
    private let dropoutProbability: Double

    /// Creates a network with values under `parameters`: `lower`, `upper`, `embedding`.
    ///
    /// - Parameters:
    ///   - parameters: The prefix of the values' names, in the store that keeps them.
    ///   - side: The side of the faces, one of ``BackboneKind/sides``.
    ///   - dimension: The length of the embedding.
    ///   - dropout: The dropout rate of the input and the output of the upper layer, from 0 to below 1.
    public init(
        _ parameters: Parameters, side: Int = BackboneKind.side, dimension: Int = 128, dropout: Double = 0
    ) throws {
        let inputs = 3 * Self.patch * side
        lower = try MemoryLayer(parameters["lower"], in: inputs, cells: Self.cells)
        upper = try MemoryLayer(parameters["upper"], in: Self.cells, cells: Self.cells)
        embedding = try Linear(parameters["embedding"], in: Self.cells, out: dimension)
        (self.side, dropoutProbability) = (side, dropout)
    }

    /// Maps faces `[batch, 3, side, side]` (red, green, blue, −1 to 1) to embeddings `[batch, dimension]`.
    public func callAsFunction(_ x: Tensor, training: Bool) -> Tensor {
        let middle = lower(Self.rows(x, side: side)).map { $0.reshaped([-1, 1, Self.cells]) }
        let sequence = dropout(Tensor.concatenated(middle, axis: 1), dropoutProbability, training: training)
        let last = upper(sequence)[side / Self.patch - 1]
        return embedding(dropout(last, dropoutProbability, training: training))
    }

    /// Returns the rows of patches, `[batch, side / 8, 3 · 8 · side]`. Each row holds first the red, then the green and
    /// blue values of its strip.
    static func rows(_ x: Tensor, side: Int) -> Tensor {
        let (strip, steps) = (patch * side, side / patch)
        return x.reshaped([-1, 3, steps, strip]).permuted([0, 2, 1, 3]).reshaped([-1, steps, 3 * strip])
    }
}

/// A layer of memory cells that starts from a state of zeros.
///
/// i, f, g, o = W x + R h + b; c′ = σ(f + 1) c + σ(i) tanh(g); h′ = σ(o) tanh(c′). The 1 keeps the forget gate open at
/// first (Jozefowicz et al., *An Empirical Exploration of Recurrent Network Architectures*, 2015).
struct MemoryLayer {
    private let input: Linear
    private let recurrent: Linear
    private let cells: Int

    /// Creates a layer with values under `parameters`: `input` and `recurrent`, each with rows for i, f, g and o.
    init(_ parameters: Parameters, in inputs: Int, cells: Int) throws {
        let gates = 4 * cells
        // The initial bounds are those of a single gate.
        input = try Linear(
            parameters["input"], in: inputs, out: gates, initialization: .glorot(fanIn: inputs, fanOut: cells))
        recurrent = try Linear(
            parameters["recurrent"], in: cells, out: gates, bias: false,
            initialization: .glorot(fanIn: cells, fanOut: cells))
        self.cells = cells
    }

    /// Maps `[batch, steps, in]` to h after each step, `[batch, cells]` each.
    func callAsFunction(_ x: Tensor) -> [Tensor] {
        let projected = input(x)
        var outputs: [Tensor] = []
        var state: (h: Tensor, c: Tensor)?
        for step in 0..<x.shape[1] {
            let sum = projected.slice(1, step..<step + 1).reshaped([-1, 4 * cells])
            let next = advance(sum, state)
            outputs.append(next.h)
            state = next
        }
        return outputs
    }

    /// Advances by one step, from W x + b: `[batch, 4 · cells]`.
    private func advance(_ sum: Tensor, _ state: (h: Tensor, c: Tensor)?) -> (h: Tensor, c: Tensor) {
        let sums = state.map { sum + recurrent($0.h) } ?? sum
        let gates = (0..<4).map { sums.slice(1, $0 * cells..<($0 + 1) * cells) }
        let new = sigmoid(gates[0]) * tanh(gates[2])
        let c = state.map { sigmoid(gates[1] + 1) * $0.c + new } ?? new
        return (sigmoid(gates[3]) * tanh(c), c)
    }
}
