internal import CTorch

/// Returns the positive part of each element plus `slope` times its negative part.
///
/// He et al., *Delving Deep into Rectifiers*, 2015 (arXiv:1502.01852).
///
/// - Parameters:
///   - x: `[batch, channels, …]`.
///   - slope: One number per channel: `[channels, 1, 1]` for maps, `[channels]` for vectors.
public func prelu(_ x: Tensor, slope: Tensor) -> Tensor {
    let result = Tensor.make { $0.rectify(x.handle, slope.handle, &$1) }
    return Tensor(handle: result, traced: x.traced?.then("PRelu", [x, slope]))
}

/// Returns the largest value in each square window, also in windows that the picture's end cuts off, as in networks
/// from Caffe.
///
/// - Parameters:
///   - x: `[batch, channels, height, width]`, at least as large as a window.
///   - kernel: The side of a window.
///   - stride: The distance from one window to the next, at most `kernel`.
public func maxPoolRoundingUp(_ x: Tensor, kernel: Int, stride: Int) -> Tensor {
    precondition(stride <= kernel, "windows must not leave gaps")
    var whole = x.untraced
    for axis in [2, 3] {
        let extent = x.shape[axis]
        precondition(extent >= kernel, "\(extent) is smaller than a window of \(kernel)")
        let rest = (extent - kernel) % stride
        guard rest > 0 else { continue }
        // The last row or column again: a window that is cut off contains it, so that its largest value stays the same.
        let last = whole.slice(axis, extent - 1..<extent)
        whole = .concatenated([whole] + [Tensor](repeating: last, count: stride - rest), axis: axis)
    }
    let result = maxPool(whole, kernel: kernel, stride: stride)
    let attributes: [String: ONNXAttribute] = [
        "kernel_shape": .ints([kernel, kernel]), "strides": .ints([stride, stride]), "ceil_mode": .int(1),
    ]
    guard let traced = x.traced?.then("MaxPool", [x], attributes) else { return result }
    return result.recorded(as: traced)
}

/// Enlarges `[batch, channels, height, width]` by a whole factor: each number becomes a square.
///
/// The exported operation holds for pictures of any size, unlike that of ``resize(_:height:width:)``.
public func enlarged(_ x: Tensor, by factor: Int) -> Tensor {
    let shape = x.shape
    let (batch, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    let result = x.untraced.reshaped([batch, channels, height, 1, width, 1])
        .expanded(to: [batch, channels, height, factor, width, factor])
        .reshaped([batch, channels, height * factor, width * factor])
    guard let traced = x.traced else { return result }
    let scales = Tensor([1, 1, Float(factor), Float(factor)], shape: [4])
    // The empty name is the region of interest.
    return result.recorded(
        as: traced.recorder.record(
            "Resize", [traced.name, "", traced.recorder.name(of: scales)],
            [
                "mode": .string("nearest"), "coordinate_transformation_mode": .string("asymmetric"),
                "nearest_mode": .string("floor"),
            ]))
}

extension Tensor {
    /// The same numbers outside the graph that is being recorded, for a function that records one operation of its own.
    fileprivate var untraced: Tensor {
        traced == nil ? self : Tensor(handle: Self.make { $0.detach(handle, &$1) })
    }

    /// Returns the same numbers as this value of the graph. Recording happens without gradients.
    fileprivate func recorded(as traced: TracedValue) -> Tensor {
        Tensor(handle: Self.make { $0.detach(handle, &$1) }, traced: traced)
    }
}
