internal import CTorch

extension Tensor {
    /// Returns the same elements in another shape. One extent may be −1 and is computed from the others.
    ///
    /// Use −1 for the batch: an exported network then accepts any number of faces.
    public func reshaped(_ shape: [Int]) -> Tensor {
        let result = Self.make { $0.reshape(handle, shape.wide, Int32(shape.count), &$1) }
        return Tensor(handle: result, traced: traced?.then("Reshape", [self, Tensor(shape)]))
    }

    /// Joins neighboring axes into one.
    ///
    /// An exported network then accepts any extents of these axes and of those before them.
    public func joined(_ axes: ClosedRange<Int>) -> Tensor {
        let shape = self.shape
        let (before, after) = (shape[..<axes.lowerBound], shape[(axes.upperBound + 1)...])
        let extent = shape[axes].reduce(1, *)
        let result = Self.make { api, out in
            let joined = before + [extent] + after
            return api.reshape(handle, Array(joined).wide, Int32(joined.count), &out)
        }
        // ONNX keeps the extent of an axis that is 0 here.
        let recorded = before.map { _ in 0 } + [-1] + after
        return Tensor(handle: result, traced: traced?.then("Reshape", [self, Tensor(recorded)]))
    }

    /// Reorders the axes.
    public func permuted(_ axes: [Int]) -> Tensor {
        let result = Self.make { $0.permute(handle, axes.wide, Int32(axes.count), &$1) }
        return Tensor(handle: result, traced: traced?.then("Transpose", [self], ["perm": .ints(axes)]))
    }

    /// The tensor with the last two axes exchanged.
    public var transposed: Tensor {
        let rank = shape.count
        return permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
    }

    /// Expands axes of extent 1 to `shape` without copying. Networks that are exported can't use this.
    public func expanded(to shape: [Int]) -> Tensor {
        precondition(traced == nil, "this can't be exported: add or multiply instead, which broadcast")
        return Tensor(handle: Self.make { $0.expand(handle, shape.wide, Int32(shape.count), &$1) })
    }

    /// Joins tensors along an existing axis.
    public static func concatenated(_ tensors: [Tensor], axis: Int) -> Tensor {
        let handles = tensors.map { Optional($0.handle) }
        let result = make { $0.concatenate(handles, Int32(handles.count), Int64(axis), &$1) }
        let traced = tensors.lazy.compactMap(\.traced).first?.then(
            "Concat", tensors, ["axis": .int(axis < 0 ? axis + tensors[0].shape.count : axis)])
        return Tensor(handle: result, traced: traced)
    }

    /// Returns the part of an axis in `range`, every `step`-th element.
    public func slice(_ axis: Int, _ range: Range<Int>, step: Int = 1) -> Tensor {
        let axis = axis < 0 ? axis + shape.count : axis
        let result = Self.make {
            $0.slice(handle, Int64(axis), Int64(range.lowerBound), Int64(range.upperBound), Int64(step), &$1)
        }
        let bounds = [[range.lowerBound], [range.upperBound], [axis], [step]].map { Tensor($0) }
        return Tensor(handle: result, traced: traced?.then("Slice", [self] + bounds))
    }

    /// Mirrors the tensor along an axis.
    public func flipped(_ axis: Int) -> Tensor {
        let axis = axis < 0 ? axis + shape.count : axis
        let result = Self.make { $0.flip(handle, Int64(axis), &$1) }
        // From the last element to before the first, backward.
        let bounds = [[-1], [-Int(Int32.max)], [axis], [-1]].map { Tensor($0) }
        return Tensor(handle: result, traced: traced?.then("Slice", [self] + bounds))
    }

    /// Returns the entries of `axis` at a list of integer indices.
    public func taking(_ indices: Tensor, axis: Int = 0) -> Tensor {
        let result = Self.make { $0.take(handle, Int64(axis), indices.handle, &$1) }
        return Tensor(
            handle: result,
            traced: (traced ?? indices.traced)?.then("Gather", [self, indices], ["axis": .int(axis)]))
    }

    /// Returns one element per position of `indices`; each index is a position along `axis`.
    public func gathered(_ indices: Tensor, axis: Int) -> Tensor {
        let result = Self.make { $0.gather(handle, Int64(axis), indices.handle, &$1) }
        return Tensor(
            handle: result,
            traced: (traced ?? indices.traced)?.then("GatherElements", [self, indices], ["axis": .int(axis)]))
    }
}
