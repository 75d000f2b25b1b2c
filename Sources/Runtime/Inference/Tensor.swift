/// Numbers in a box of any dimensions, the last one contiguous.
public struct Tensor: Hashable, Sendable {
    /// The dimensions, such as batch, channels, rows, columns.
    public var shape: [Int]
    /// As many numbers as the product of ``shape``.
    public var values: [Float]

    /// A tensor of `values`.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count, "as many values as the shape has")
        self.shape = shape
        self.values = values
    }
}

/// An output in the engine's own memory: valid only inside the closure that it is given to.
public struct TensorView {
    /// The dimensions.
    public let shape: [Int]
    /// The numbers, the last dimension contiguous.
    public let values: UnsafeBufferPointer<Float>

    /// The number at a place in ``values``.
    public subscript(index: Int) -> Float { values[index] }
}
