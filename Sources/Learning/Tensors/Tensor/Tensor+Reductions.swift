internal import CTorch

extension Tensor {
    /// Over `axes`, or over all of them where there are none; with `keepingAxes` they stay, with extent 1.
    private func reduce(
        _ operation: ctorch_reduction, _ name: String, _ axes: [Int], _ keep: Bool
    ) -> Tensor {
        let positive = axes.map { $0 < 0 ? $0 + shape.count : $0 }
        let result = Self.make { $0.reduce(operation, handle, positive.wide, Int32(axes.count), keep, &$1) }
        // ReduceSum takes its axes as an input, the others as an attribute (ONNX operator set 17).
        let all = positive.isEmpty ? Array(shape.indices) : positive
        let kept = ONNXAttribute.int(keep ? 1 : 0)
        let traced =
            name == "ReduceSum"
            ? self.traced?.then(name, [self, Tensor(all)], ["keepdims": kept])
            : self.traced?.then(name, [self], ["axes": .ints(all), "keepdims": kept])
        return Tensor(handle: result, traced: traced)
    }

    /// The sum over `axes`; over all axes without any.
    public func sum(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_sum, "ReduceSum", axes, keepingAxes)
    }

    /// The mean over `axes`; over all axes without any.
    public func mean(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_mean, "ReduceMean", axes, keepingAxes)
    }

    /// The largest element along `axes`; of all without any.
    public func max(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_max, "ReduceMax", axes, keepingAxes)
    }

    /// The smallest element along `axes`; of all without any.
    public func min(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_min, "ReduceMin", axes, keepingAxes)
    }

    /// The logarithm of the sum of exponentials along `axes`, without overflow.
    public func logSumExp(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        guard traced != nil else { return reduce(ctorch_log_sum_exp, "", axes, keepingAxes) }
        // ONNX's own operation is reduced over all axes, whatever it says, by OpenVINO 2026.4.
        let sum = (self - reduce(ctorch_max, "ReduceMax", axes, true)).exponential
            .reduce(ctorch_sum, "ReduceSum", axes, keepingAxes)
        return sum.logarithm + reduce(ctorch_max, "ReduceMax", axes, keepingAxes)
    }

    /// The Euclidean length along `axes`.
    public func norm(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_norm, "ReduceL2", axes, keepingAxes)
    }

    /// Divided by its Euclidean length along `axis`, so that that is 1. Lengths under 1e-12 are left alone.
    public func normalized(axis: Int = -1) -> Tensor { self / norm(axis, keepingAxes: true).maximum(1e-12) }

    /// Where along `axis` the largest element stands.
    public func argMax(_ axis: Int) -> Tensor {
        let result = Self.make { $0.arg_max(handle, Int64(axis), &$1) }
        return Tensor(
            handle: result, traced: traced?.then("ArgMax", [self], ["axis": .int(axis), "keepdims": .int(0)]))
    }

    /// Exponentials that sum to 1 along `axis`.
    public func softmax(_ axis: Int = -1) -> Tensor {
        let result = Self.make { $0.softmax(handle, Int64(axis), false, &$1) }
        return Tensor(handle: result, traced: traced?.then("Softmax", [self], ["axis": .int(axis)]))
    }

    /// The logarithm of ``softmax(_:)``, computed without overflow.
    public func logSoftmax(_ axis: Int = -1) -> Tensor {
        let result = Self.make { $0.softmax(handle, Int64(axis), true, &$1) }
        return Tensor(handle: result, traced: traced?.then("LogSoftmax", [self], ["axis": .int(axis)]))
    }
}
