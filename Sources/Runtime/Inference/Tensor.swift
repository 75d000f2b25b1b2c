/// An array of numbers with any number of dimensions, stored with the last dimension contiguous.
public struct Tensor: Hashable, Sendable {
    /// The dimensions, such as batch, channels, rows, columns.
    public var shape: [Int]
    /// The numbers; their count is the product of ``shape``.
    public var values: [Float]

    /// Creates a tensor from its shape and values.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "as many values as the shape has")
        self.shape = shape
        self.values = values
    }
}

/// An output in the engine's own memory; valid only inside the closure that receives it.
public struct TensorView {
    /// The dimensions.
    public let shape: [Int]
    /// The numbers, the last dimension contiguous.
    public let values: UnsafeBufferPointer<Float>

    /// Returns the number at an index of ``values``.
    public subscript(index: Int) -> Float { values[index] }
}
