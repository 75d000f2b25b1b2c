internal import COpenVINO
public import Foundation
import Synchronization

/// A trained network as a function from tensors to tensors.
///
/// It may be used from several threads at once; each run borrows its memory from a pool. A run blocks its thread. As
/// many runs are computed in parallel as the configuration has streams; the others wait. Async code uses
/// ``EngineExecutor``.
///
/// ```swift
/// let input = Tensor(shape: [1, 3, 112, 112], values: values)
/// let outputs = try await EngineExecutor.run {
///     let network = try Network(engine: engine, contentsOf: file)
///     for port in network.inputs { print(port.name, port.shape) }
///     return try network.run(input)
/// }
/// print(outputs[0].shape)
/// ```
public final class Network: Sendable {
    /// The inputs, in the order of the file.
    public let inputs: [Port]
    /// The outputs, in the order of the file.
    public let outputs: [Port]
    /// The precision that is used, as reported by the engine after compiling.
    public let precision: Precision
    /// The number of threads, as reported by the engine.
    public let threads: Int

    private let functions: Functions
    private let compiled: Handle
    private let idle = Mutex<[InferenceRequest]>([])

    /// Loads a network.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - url: An ONNX file.
    ///   - input: The form of the input.
    ///   - inputShapes: The shapes to compile for, one per input; `nil` for those in the file. Dimensions that are
    ///     `nil` stay open: one network then takes every size, but is a fifth slower than one compiled for the size.
    ///     Pictures are batch × rows × columns × 3.
    ///   - configuration: The settings for compiling and running it.
    /// - Throws: ``EngineError``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public convenience init(
        engine: Engine, contentsOf url: URL, input: InputFormat = .tensor, inputShapes: [[Int?]]? = nil,
        configuration: NetworkConfiguration = NetworkConfiguration()
    ) throws(EngineError) {
        let model = try Model(engine: engine, contentsOf: url, input: input)
        try self.init(model, inputShapes: inputShapes, configuration: configuration)
    }

    init(_ model: Model, inputShapes: [[Int?]]?, configuration: NetworkConfiguration) throws(EngineError) {
        let precision = try model.precision(configuration.precision)
        let functions = model.engine.functions
        let compiled = try model.compile(
            inputShapes: inputShapes, precision: precision, configuration: configuration)
        self.functions = functions
        self.compiled = compiled
        let table = functions.table
        do {
            inputs = try Self.ports(
                of: compiled, functions: functions, count: table.compiled_model_inputs_size,
                port: table.compiled_model_input_by_index)
            outputs = try Self.ports(
                of: compiled, functions: functions, count: table.compiled_model_outputs_size,
                port: table.compiled_model_output_by_index)
        } catch .failed(let reason) {
            throw EngineError.unsupportedNetwork(path: model.path, reason: reason).refined
        }
        func property(_ key: String) throws(EngineError) -> String {
            try functions.string { table.compiled_model_get_property(compiled.pointer, key, $0) }
        }
        let reported = Precision(rawValue: try property("INFERENCE_PRECISION_HINT"))
        self.precision = precision == .int8 ? precision : reported ?? precision
        threads = Int(try property("INFERENCE_NUM_THREADS")) ?? 1
    }

    private static func ports(
        of compiled: Handle, functions: Functions,
        count: (OpaquePointer, UnsafeMutablePointer<Int>) -> ov_status,
        port: (OpaquePointer, Int, UnsafeMutablePointer<OpaquePointer?>) -> ov_status
    ) throws(EngineError) -> [Port] {
        var size = 0
        try functions.check(count(compiled.pointer, &size))
        var ports: [Port] = []
        for index in 0..<size {
            let pointer = try functions.pointer { port(compiled.pointer, index, $0) }
            ports.append(try Port(consuming: pointer, functions: functions))
        }
        return ports
    }

    /// Runs a network with one input without copying: `fill` writes the input into the engine's memory, and `read`
    /// reads the outputs there.
    ///
    /// - Parameters:
    ///   - shape: The input's shape, which must fit the network's input.
    ///   - fill: Writes the whole input; the memory's previous contents are arbitrary.
    ///   - read: Computes the result. The outputs are valid only inside it.
    /// - Throws: ``EngineError/shapeMismatch(expected:found:)``; ``EngineError/failed(_:)``; errors of the closures.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func run<Result>(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (NetworkOutputs) throws -> Result
    ) throws -> Result {
        try run(.float, shapes: [shape], fill: { try fill($1) }, read: read)
    }

    /// Runs a network with several inputs without copying, like ``run(shape:fill:read:)``.
    ///
    /// - Parameters:
    ///   - shapes: The inputs' shapes, in the order of ``inputs``.
    ///   - fill: Writes the whole input with the given index.
    ///   - read: Computes the result. The outputs are valid only inside it.
    /// - Throws: ``EngineError/shapeMismatch(expected:found:)``; ``EngineError/failed(_:)``; errors of the closures.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func run<Result>(
        shapes: [[Int]], fill: (Int, UnsafeMutableBufferPointer<Float>) throws -> Void,
        read: (NetworkOutputs) throws -> Result
    ) throws -> Result {
        try run(.float, shapes: shapes, fill: fill, read: read)
    }

    /// Runs a network that takes ``InputFormat/pixels(_:)`` without copying, like ``run(shape:fill:read:)``.
    ///
    /// - Parameters:
    ///   - shape: Batch, rows, columns and 3.
    ///   - fill: Writes all pixels; the memory's previous contents are arbitrary.
    ///   - read: Computes the result. The outputs are valid only inside it.
    /// - Throws: ``EngineError/shapeMismatch(expected:found:)``; ``EngineError/failed(_:)``; errors of the closures.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func run<Result>(
        pixels shape: [Int], fill: (UnsafeMutableBufferPointer<UInt8>) throws -> Void,
        read: (NetworkOutputs) throws -> Result
    ) throws -> Result {
        try run(.byte, shapes: [shape], fill: { try fill($1) }, read: read)
    }

    private func run<Element: BitwiseCopyable, Result>(
        _ element: Port.Element, shapes: [[Int]],
        fill: (Int, UnsafeMutableBufferPointer<Element>) throws -> Void, read: (NetworkOutputs) throws -> Result
    ) throws -> Result {
        precondition(
            inputs.count == shapes.count && inputs.allSatisfy { $0.element == element },
            "the network takes other inputs")
        return try withRequest { request in
            for (index, shape) in shapes.enumerated() {
                try write(input: index, shape: shape, to: request) { try fill(index, $0) }
            }
            try request.run()
            return try request.read(read)
        }
    }

    /// Runs the network on `tensors`, one per input, and returns copies of its outputs.
    ///
    /// - Throws: ``EngineError/shapeMismatch(expected:found:)`` or ``EngineError/failed(_:)``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func run(_ tensors: Tensor...) throws -> [Tensor] { try run(tensors) }

    /// Runs the network on `tensors`, one per input, and returns copies of its outputs.
    ///
    /// - Throws: ``EngineError/shapeMismatch(expected:found:)`` or ``EngineError/failed(_:)``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func run(_ tensors: [Tensor]) throws -> [Tensor] {
        precondition(inputs.count == tensors.count, "the network has \(inputs.count) inputs")
        precondition(inputs.allSatisfy { $0.element == .float }, "the network takes pixels")
        return try withRequest { request in
            for (index, tensor) in tensors.enumerated() {
                try write(input: index, shape: tensor.shape, to: request) {
                    (buffer: UnsafeMutableBufferPointer<Float>) in
                    _ = buffer.update(from: tensor.values)
                }
            }
            try request.run()
            return try request.read { results in
                try outputs.indices.map { index in
                    let view = try results[index]
                    return Tensor(shape: view.shape, values: Array(view.values))
                }
            }
        }
    }

    private func write<Element: BitwiseCopyable>(
        input index: Int, shape: [Int], to request: InferenceRequest,
        fill: (UnsafeMutableBufferPointer<Element>) throws -> Void
    ) throws {
        let port = inputs[index]
        guard port.accepts(shape) else {
            throw EngineError.shapeMismatch(expected: port.shapeDescription, found: shape)
        }
        try request.write(index, shape: shape, isDynamic: port.staticShape == nil, fill: fill)
    }

    /// Lends `body` an idle request, or a new one if all are busy.
    private func withRequest<Result>(_ body: (InferenceRequest) throws -> Result) throws -> Result {
        let request = try idle.withLock { $0.popLast() } ?? makeRequest()
        defer { idle.withLock { $0.append(request) } }
        return try body(request)
    }

    private func makeRequest() throws(EngineError) -> InferenceRequest {
        let table = functions.table
        let pointer = try functions.pointer { table.compiled_model_create_infer_request(compiled.pointer, $0) }
        return InferenceRequest(Handle(pointer, free: table.infer_request_free), functions: functions)
    }
}
