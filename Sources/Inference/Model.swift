internal import COpenVINO
import Foundation
import Synchronization

/// A network's file, read and not yet compiled.
final class Model: Sendable {
    let engine: Engine
    let path: String
    /// Reshaping changes it in place.
    private let handle: Mutex<Handle>

    init(engine: Engine, contentsOf url: URL, input: InputFormat) throws(EngineError) {
        guard FileManager.default.fileExists(atPath: url.path) else { throw .missingNetwork(url.path) }
        self.engine = engine
        path = url.path
        var model = try engine.readModel(path: url.path)
        if case .pixels(let pixels) = input {
            do {
                model = try pixels.applied(to: model, functions: engine.functions)
            } catch {
                throw .unsupportedNetwork(path: url.path, reason: error.description)
            }
        }
        handle = Mutex(model)
    }

    /// Compiles it for `inputShape`, or for the shape at hand where that is `nil`.
    func compile(inputShape: [Int?]?, properties: [String: String]) throws(EngineError) -> Handle {
        try handle.withLock { (model) throws(EngineError) in
            if let inputShape { try reshape(model, to: inputShape) }
            return try engine.compile(model, path: path, properties: properties)
        }
    }

    private func reshape(_ model: Handle, to shape: [Int?]) throws(EngineError) {
        var dimensions = shape.map { ov_dimension_t(min: Int64($0 ?? 0), max: Int64($0 ?? -1)) }
        let rank = ov_dimension_t(min: Int64(shape.count), max: Int64(shape.count))
        let status = dimensions.withUnsafeMutableBufferPointer {
            engine.functions.table.model_reshape_single_input(
                model.pointer, ov_partial_shape_t(rank: rank, dims: $0.baseAddress))
        }
        guard status == 0 else {
            throw .unsupportedNetwork(path: path, reason: engine.functions.lastError())
        }
    }
}

extension NetworkConfiguration {
    /// The configuration in OpenVINO's words.
    func properties(precision: Precision) -> [String: String] {
        var properties = [
            "INFERENCE_PRECISION_HINT": precision.rawValue,
            "NUM_STREAMS": String(streams),
            // Threads bound to cores stand in each other's way as soon as two networks or two processes run.
            "ENABLE_CPU_PINNING": "NO",
        ]
        if let threads { properties["INFERENCE_NUM_THREADS"] = String(threads) }
        if let cacheDirectory { properties["CACHE_DIR"] = cacheDirectory.path }
        return properties
    }
}
