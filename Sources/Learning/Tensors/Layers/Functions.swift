internal import CTorch

/// Returns `x · weightᵀ + bias` over the last axis.
///
/// - Parameters:
///   - x: `[…, in]`.
///   - weight: `[out, in]`.
///   - bias: `[out]`; `nil` for none.
public func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let result = Tensor.make { $0.linear(x.handle, weight.handle, bias?.handle, &$1) }
    return Tensor(handle: result, traced: x.traced?.thenLinear(x, weight: weight, bias: bias))
}

/// The stride, padding, dilation and groups of a convolution. Pairs are `(vertical, horizontal)`.
public struct ConvolutionSteps: Sendable, Hashable {
    /// The distance from one position of the kernel to the next.
    public var stride: (Int, Int) = (1, 1)
    /// The number of zeros around the picture.
    public var padding: (Int, Int) = (0, 0)
    /// The distance between the kernel's taps (atrous convolution).
    public var dilation: (Int, Int) = (1, 1)
    /// The number of groups into which the channels are divided.
    public var groups = 1

    /// Creates settings with stride 1 and without padding, dilation or groups.
    public init() {}

    /// Returns whether all settings are equal.
    public static func == (a: Self, b: Self) -> Bool {
        a.stride == b.stride && a.padding == b.padding && a.dilation == b.dilation && a.groups == b.groups
    }

    /// Feeds all settings to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for value in [stride.0, stride.1, padding.0, padding.1, dilation.0, dilation.1, groups] {
            hasher.combine(value)
        }
    }

    var code: ctorch_convolution {
        ctorch_convolution(
            stride: (Int64(stride.0), Int64(stride.1)), padding: (Int64(padding.0), Int64(padding.1)),
            dilation: (Int64(dilation.0), Int64(dilation.1)), groups: Int64(groups))
    }

    func attributes(kernel: [Int]) -> [String: ONNXAttribute] {
        [
            "kernel_shape": .ints(kernel), "strides": .ints([stride.0, stride.1]),
            "pads": .ints([padding.0, padding.1, padding.0, padding.1]),
            "dilations": .ints([dilation.0, dilation.1]), "group": .int(groups),
        ]
    }
}

/// Returns the 2-D convolution of `[batch, in, height, width]`.
///
/// - Parameters:
///   - x: `[batch, in, height, width]`.
///   - weight: `[out, in / groups, height, width]`.
///   - bias: `[out]`; `nil` for none.
///   - steps: The kernel's stride, padding, dilation and groups.
public func convolve(_ x: Tensor, weight: Tensor, bias: Tensor?, _ steps: ConvolutionSteps) -> Tensor {
    var how = steps.code
    let result = Tensor.make { $0.convolve(x.handle, weight.handle, bias?.handle, &how, &$1) }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    let attributes = steps.attributes(kernel: Array(weight.shape.suffix(2)))
    return Tensor(handle: result, traced: x.traced?.then("Conv", inputs, attributes))
}

/// Returns the transposed 2-D convolution, which enlarges pictures.
///
/// - Parameters:
///   - x: `[batch, in, height, width]`.
///   - weight: `[in, out / groups, height, width]`.
///   - bias: `[out]`; `nil` for none.
///   - steps: The kernel's stride, padding, dilation and groups.
public func convolveTransposed(_ x: Tensor, weight: Tensor, bias: Tensor?, _ steps: ConvolutionSteps) -> Tensor {
    var how = steps.code
    let result = Tensor.make { $0.convolve_transposed(x.handle, weight.handle, bias?.handle, &how, &$1) }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    let attributes = steps.attributes(kernel: Array(weight.shape.suffix(2)))
    return Tensor(handle: result, traced: x.traced?.then("ConvTranspose", inputs, attributes))
}

/// Returns the largest value in each square window. Padding is ignored.
public func maxPool(_ x: Tensor, kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    let result = Tensor.make { $0.max_pool(x.handle, Int64(kernel), Int64(stride), Int64(padding), &$1) }
    let attributes: [String: ONNXAttribute] = [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]),
    ]
    return Tensor(handle: result, traced: x.traced?.then("MaxPool", [x], attributes))
}

/// Returns the mean of each square window. Padding is ignored.
public func averagePool(_ x: Tensor, kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    let result = Tensor.make { $0.average_pool(x.handle, Int64(kernel), Int64(stride), Int64(padding), &$1) }
    let attributes: [String: ONNXAttribute] = [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]),
    ]
    return Tensor(handle: result, traced: x.traced?.then("AveragePool", [x], attributes))
}

/// Resizes `[batch, channels, height, width]` with bilinear interpolation. Pixel centers are at half-integers.
public func resize(_ x: Tensor, height: Int, width: Int) -> Tensor {
    let shape = x.shape
    if shape[2] == height, shape[3] == width { return x }
    let result = Tensor.make { $0.resize(x.handle, Int64(height), Int64(width), &$1) }
    return Tensor(
        handle: result, traced: x.traced?.thenResize(x, channels: shape[1], height: height, width: width))
}

/// In training, keeps each element with probability 1 − `probability` and scales it up; otherwise returns `x`
/// unchanged.
///
/// Srivastava et al., *Dropout*, 2014.
public func dropout(_ x: Tensor, _ probability: Double, training: Bool) -> Tensor {
    guard training, probability > 0 else { return x }
    precondition(x.traced == nil, "a network is exported with training off")
    return Tensor(handle: Tensor.make { $0.dropout(x.handle, probability, true, &$1) })
}
