internal import CTorch

/// `x · weightᵀ + bias` over the last axis.
///
/// - Parameter weight: `[out, in]`.
public func linear(_ x: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let result = Tensor.make { $0.linear(x.handle, weight.handle, bias?.handle, &$1) }
    return Tensor(handle: result, traced: x.traced?.thenLinear(x, weight: weight, bias: bias))
}

/// How a convolution's kernel moves over a picture: `(vertical, horizontal)` each.
public struct ConvolutionSteps: Sendable, Hashable {
    /// How far the kernel moves from one result to the next.
    public var stride: (Int, Int) = (1, 1)
    /// How many zeros are put around the picture.
    public var padding: (Int, Int) = (0, 0)
    /// How far apart the kernel's taps are (atrous convolution).
    public var dilation: (Int, Int) = (1, 1)
    /// Into how many groups the channels are divided.
    public var groups = 1

    /// Steps of one place, nothing else.
    public init() {}

    /// Whether all steps are the same.
    public static func == (a: Self, b: Self) -> Bool {
        a.stride == b.stride && a.padding == b.padding && a.dilation == b.dilation && a.groups == b.groups
    }

    /// Feeds all steps to `hasher`.
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

/// A 2-D convolution of `[batch, in, height, width]`.
///
/// - Parameter weight: `[out, in / groups, height, width]`.
public func convolve(_ x: Tensor, weight: Tensor, bias: Tensor?, _ steps: ConvolutionSteps) -> Tensor {
    var how = steps.code
    let result = Tensor.make { $0.convolve(x.handle, weight.handle, bias?.handle, &how, &$1) }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    let attributes = steps.attributes(kernel: Array(weight.shape.suffix(2)))
    return Tensor(handle: result, traced: x.traced?.then("Conv", inputs, attributes))
}

/// The transpose of a 2-D convolution: makes pictures larger.
///
/// - Parameter weight: `[in, out / groups, height, width]`.
public func convolveTransposed(_ x: Tensor, weight: Tensor, bias: Tensor?, _ steps: ConvolutionSteps) -> Tensor {
    var how = steps.code
    let result = Tensor.make { $0.convolve_transposed(x.handle, weight.handle, bias?.handle, &how, &$1) }
    let inputs = [x, weight] + (bias.map { [$0] } ?? [])
    let attributes = steps.attributes(kernel: Array(weight.shape.suffix(2)))
    return Tensor(handle: result, traced: x.traced?.then("ConvTranspose", inputs, attributes))
}

/// The largest value under a square window; nothing is padded.
public func maxPool(_ x: Tensor, kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    let result = Tensor.make { $0.max_pool(x.handle, Int64(kernel), Int64(stride), Int64(padding), &$1) }
    let attributes: [String: ONNXAttribute] = [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]),
    ]
    return Tensor(handle: result, traced: x.traced?.then("MaxPool", [x], attributes))
}

/// The mean under a square window; padding does not count.
public func averagePool(_ x: Tensor, kernel: Int, stride: Int, padding: Int = 0) -> Tensor {
    let result = Tensor.make { $0.average_pool(x.handle, Int64(kernel), Int64(stride), Int64(padding), &$1) }
    let attributes: [String: ONNXAttribute] = [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]),
        "pads": .ints([padding, padding, padding, padding]),
    ]
    return Tensor(handle: result, traced: x.traced?.then("AveragePool", [x], attributes))
}

/// `[batch, channels, height, width]` at another size, bilinear; pixels have their middles at halves.
public func resize(_ x: Tensor, height: Int, width: Int) -> Tensor {
    let shape = x.shape
    if shape[2] == height, shape[3] == width { return x }
    let result = Tensor.make { $0.resize(x.handle, Int64(height), Int64(width), &$1) }
    return Tensor(
        handle: result, traced: x.traced?.thenResize(x, channels: shape[1], height: height, width: width))
}

/// Each element kept with probability 1 − `probability` and then scaled up, in training; as it is otherwise.
///
/// Srivastava et al., *Dropout*, 2014.
public func dropout(_ x: Tensor, _ probability: Double, training: Bool) -> Tensor {
    guard training, probability > 0 else { return x }
    precondition(x.traced == nil, "a network is exported with training off")
    return Tensor(handle: Tensor.make { $0.dropout(x.handle, probability, true, &$1) })
}
