internal import COpenVINO

/// The engine's memory for one run: inputs and outputs.
///
/// `@unchecked Sendable`: it is not safe to share, but ``Network`` lends each to one thread at a time.
final class InferenceRequest: @unchecked Sendable {
    private let functions: Functions
    private let request: Handle

    init(_ request: Handle, functions: Functions) {
        self.request = request
        self.functions = functions
    }

    /// Gives `fill` the memory of input `index`, which takes on `shape`; `Element` must be the type of the network's
    /// elements.
    func write<Element: BitwiseCopyable>(
        _ index: Int, shape: [Int], isDynamic: Bool, fill: (UnsafeMutableBufferPointer<Element>) throws -> Void
    ) throws {
        let table = functions.table
        let tensor = try functions.pointer {
            table.infer_request_get_input_tensor_by_index(request.pointer, index, $0)
        }
        defer { table.tensor_free(tensor) }
        if isDynamic { try setShape(of: tensor, to: shape) }
        let start = try functions.data(of: tensor, as: Element.self)
        try fill(UnsafeMutableBufferPointer(start: start, count: shape.reduce(1, *)))
    }

    private func setShape(of tensor: OpaquePointer, to shape: [Int]) throws(EngineError) {
        var dimensions = shape.map(Int64.init)
        let status = dimensions.withUnsafeMutableBufferPointer {
            functions.table.tensor_set_shape(tensor, ov_shape_t(rank: Int64($0.count), dims: $0.baseAddress))
        }
        try functions.check(status)
    }

    /// Runs the network and blocks until it is done.
    func run() throws(EngineError) {
        try functions.check(functions.table.infer_request_infer(request.pointer))
    }

    /// Passes the outputs to `read`.
    func read<Result>(_ read: (NetworkOutputs) throws -> Result) throws -> Result {
        let tensors = TensorKeeper(functions: functions)
        return try withExtendedLifetime(tensors) {
            try read(NetworkOutputs(functions: functions, request: request.pointer, tensors: tensors))
        }
    }
}
