/// The non-decreasing step function with the least weighted squared error, by the pool adjacent violators algorithm.
///
/// Ayer et al., *An empirical distribution function for sampling with incomplete information*, 1955.
struct IsotonicRegression {
    /// Neighboring inputs with the same value.
    struct Block {
        /// The lowest input.
        var low: Double
        /// The highest input.
        var high: Double
        /// The mean value.
        var value: Double
        /// The sum of the weights.
        var weight: Double
    }

    /// The blocks, by increasing input and value.
    let blocks: [Block]

    /// Fits the function.
    ///
    /// - Parameters:
    ///   - inputs: The inputs, in any order. Equal ones are merged first, because a function has one value for them.
    ///   - values: The value of each input.
    ///   - weights: The weight of each input, above 0; 1 if `nil`.
    init(inputs: [Double], values: [Double], weights: [Double]? = nil) {
        precondition(inputs.count == values.count, "each input needs a value")
        var blocks: [Block] = []
        var last: Double?
        for index in inputs.indices.sorted(by: { inputs[$0] < inputs[$1] }) {
            let weight = weights?[index] ?? 1, input = inputs[index]
            if input == last, let place = blocks.indices.last {
                let all = blocks[place].weight + weight
                blocks[place].value += (values[index] - blocks[place].value) * weight / all
                blocks[place].weight = all
            } else {
                blocks.append(Block(low: input, high: input, value: values[index], weight: weight))
            }
            last = input
        }
        self.blocks = Self.pooled(blocks)
    }

    private static func pooled(_ points: [Block]) -> [Block] {
        var blocks: [Block] = []
        for point in points {
            var block = point
            while let before = blocks.last, before.value >= block.value {
                let weight = before.weight + block.weight
                block.value = (before.value * before.weight + block.value * block.weight) / weight
                block.weight = weight
                block.low = before.low
                blocks.removeLast()
            }
            blocks.append(block)
        }
        return blocks
    }

    /// The knots of the function: both ends of each block.
    var knots: (inputs: [Double], values: [Double]) {
        var inputs: [Double] = [], values: [Double] = []
        for block in blocks {
            inputs.append(block.low)
            values.append(block.value)
            if block.high > block.low {
                inputs.append(block.high)
                values.append(block.value)
            }
        }
        return (inputs, values)
    }
}
