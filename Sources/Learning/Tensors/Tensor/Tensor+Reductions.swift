internal import CTorch

extension Tensor {
    /// Reduces `axes`, or all axes if there are none. With `keepingAxes`, reduced axes stay with extent 1.
    private func reduce(
        _ operation: ctorch_reduction, _ name: String, _ axes: [Int], _ keep: Bool
    ) -> Tensor {
        let positive = axes.map { $0 < 0 ? $0 + shape.count : $0 }
        let result = Self.make { $0.reduce(operation, handle, positive.wide, Int32(axes.count), keep, &$1) }
        // ReduceSum takes its axes as an input, the others take them as an attribute (ONNX operator set 17).
        let all = positive.isEmpty ? Array(shape.indices) : positive
        let kept = ONNXAttribute.int(keep ? 1 : 0)
        let traced =
            name == "ReduceSum"
            ? self.traced?.then(name, [self, Tensor(all)], ["keepdims": kept])
            : self.traced?.then(name, [self], ["axes": .ints(all), "keepdims": kept])
        return Tensor(handle: result, traced: traced)
    }

    /// Returns the sum over `axes`, or over all axes if there are none.
    public func sum(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_sum, "ReduceSum", axes, keepingAxes)
    }

    /// Returns the mean over `axes`, or over all axes if there are none.
    public func mean(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_mean, "ReduceMean", axes, keepingAxes)
    }

    /// Returns the largest element along `axes`, or of all elements if there are none.
    public func max(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_max, "ReduceMax", axes, keepingAxes)
    }

    /// Returns the smallest element along `axes`, or of all elements if there are none.
    public func min(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_min, "ReduceMin", axes, keepingAxes)
    }

    /// Returns the logarithm of the sum of exponentials along `axes`, without overflow.
    public func logSumExp(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        guard traced != nil else { return reduce(ctorch_log_sum_exp, "", axes, keepingAxes) }
        // OpenVINO 2026.4 reduces ONNX's own operation over all axes, whatever axes the operation names.
        let sum = (self - reduce(ctorch_max, "ReduceMax", axes, true)).exponential
            .reduce(ctorch_sum, "ReduceSum", axes, keepingAxes)
        return sum.logarithm + reduce(ctorch_max, "ReduceMax", axes, keepingAxes)
    }

    /// Returns the Euclidean length along `axes`.
    public func norm(_ axes: Int..., keepingAxes: Bool = false) -> Tensor {
        reduce(ctorch_norm, "ReduceL2", axes, keepingAxes)
    }

    /// Returns the tensor scaled to a Euclidean length of 1 along `axis`. Divides by at least 1e-12.
    public func normalized(axis: Int = -1) -> Tensor { self / norm(axis, keepingAxes: true).maximum(1e-12) }

    /// Returns the index of the largest element along `axis`.
    public func argMax(_ axis: Int) -> Tensor {
        let result = Self.make { $0.arg_max(handle, Int64(axis), &$1) }
        return Tensor(
            handle: result, traced: traced?.then("ArgMax", [self], ["axis": .int(axis), "keepdims": .int(0)]))
    }

    /// Returns exponentials that sum to 1 along `axis`.
    public func softmax(_ axis: Int = -1) -> Tensor {
        let result = Self.make { $0.softmax(handle, Int64(axis), false, &$1) }
        return Tensor(handle: result, traced: traced?.then("Softmax", [self], ["axis": .int(axis)]))
    }

    /// Returns the logarithm of ``softmax(_:)``, computed without overflow.
    public func logSoftmax(_ axis: Int = -1) -> Tensor {
        let result = Self.make { $0.softmax(handle, Int64(axis), true, &$1) }
        return Tensor(handle: result, traced: traced?.then("LogSoftmax", [self], ["axis": .int(axis)]))
    }
}
