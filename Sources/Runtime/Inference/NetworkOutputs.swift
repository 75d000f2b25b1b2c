internal import COpenVINO

/// The outputs of one run in the engine's own memory; valid only inside the closure that receives them.
public struct NetworkOutputs {
    let functions: Functions
    let request: OpaquePointer
    let tensors: TensorKeeper

    /// Returns the output at `index`, in the order of the file.
    ///
    /// - Throws: ``EngineError/failed(_:)`` if there are fewer outputs.
    public subscript(index: Int) -> TensorView {
        get throws {
            try view(
                try functions.pointer {
                    functions.table.infer_request_get_output_tensor_by_index(request, index, $0)
                })
        }
    }

    /// Returns the output with this name in the file.
    ///
    /// - Throws: ``EngineError/failed(_:)`` if the network has no such output.
    public subscript(name: String) -> TensorView {
        get throws {
            try view(try functions.pointer { functions.table.infer_request_get_tensor(request, name, $0) })
        }
    }

    private func view(_ tensor: OpaquePointer) throws(EngineError) -> TensorView {
        tensors.keep(tensor)
        let shape = try functions.shape(of: tensor)
        let start = UnsafePointer(try functions.data(of: tensor, as: Float.self))
        return TensorView(shape: shape, values: UnsafeBufferPointer(start: start, count: shape.reduce(1, *)))
    }
}

/// Keeps the engine's tensors until the outputs have been read, then frees them.
final class TensorKeeper {
    private let functions: Functions
    private var tensors: [OpaquePointer] = []

    init(functions: Functions) { self.functions = functions }

    func keep(_ tensor: OpaquePointer) { tensors.append(tensor) }

    deinit { for tensor in tensors { functions.table.tensor_free(tensor) } }
}

extension Functions {
    /// Returns the dimensions of `tensor`.
    func shape(of tensor: OpaquePointer) throws(EngineError) -> [Int] {
        var shape = ov_shape_t()
        try check(table.tensor_get_shape(tensor, &shape))
        defer { _ = table.shape_free(&shape) }
        return UnsafeBufferPointer(start: shape.dims, count: Int(shape.rank)).map(Int.init)
    }

    /// Returns the memory of `tensor`.
    func data<Element>(
        of tensor: OpaquePointer, as type: Element.Type
    ) throws(EngineError) -> UnsafeMutablePointer<Element> {
        var data: UnsafeMutableRawPointer?
        try check(table.tensor_data(tensor, &data))
        guard let data else { throw .failed("a tensor has no memory") }
        return data.assumingMemoryBound(to: type)
    }
}
