internal import COpenVINO
import Foundation
import LikenessSupport
import Synchronization

/// A network's file. It is read when it is first compiled, and never if every compiled network is in the cache.
final class Model: Sendable {
    let engine: Engine
    let url: URL
    private let input: InputFormat
    private let isQuantized: Bool
    /// The model that was read; reshaping changes it in place.
    private let handle = Mutex<Handle?>(nil)

    var path: String { url.path }

    init(engine: Engine, contentsOf url: URL, input: InputFormat) throws(EngineError) {
        guard FileManager.default.fileExists(atPath: url.path) else { throw .missingNetwork(url.path) }
        self.engine = engine
        self.url = url
        self.input = input
        isQuantized = QuantizedFile(url).isQuantized
    }

    /// Returns the precision that `choice` means for this network on this CPU.
    func precision(_ choice: PrecisionChoice) throws(EngineError) -> Precision {
        switch (choice, isQuantized) {
        case (.automatic, true), (.exactly(.int8), true): return try engine.resolve(.exactly(.int8))
        case (.exactly(let precision), true):
            throw .quantizedNetwork(path: path, requested: precision)
        case (.exactly(.int8), false):
            throw .unsupportedNetwork(path: path, reason: "it is not quantized and can't run in int8")
        case (_, false): return try engine.resolve(choice)
        }
    }

    /// Compiles the network for `inputShapes`, or for the file's own if they are `nil`; uses the cache if possible.
    func compile(
        inputShapes: [[Int?]]?, precision: Precision, configuration: NetworkConfiguration
    ) throws(EngineError) -> Handle {
        let weights = (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
        let needed = AddressSpace.network + AddressSpace.copiesOfWeights * weights
        return try AddressSpace.promising(needed, for: url.lastPathComponent) { () throws(EngineError) in
            do throws(EngineError) {
                return try load(inputShapes: inputShapes, precision: precision, configuration: configuration)
            } catch {
                // The engine can't always report that it lacked memory.
                throw AddressSpace.hasRoom(for: needed) ? error : error.asLackOfMemory
            }
        }
    }

    private func load(
        inputShapes: [[Int?]]?, precision: Precision, configuration: NetworkConfiguration
    ) throws(EngineError) -> Handle {
        let properties = configuration.properties(precision: precision)
        guard let directory = configuration.cacheDirectory else {
            return try compile(inputShapes: inputShapes, properties: properties, configuration)
        }
        let settings = properties.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let cache = CompiledCache(
            directory: directory, network: url,
            description: "\(input)\n\(inputShapes?.description ?? "")\n\(settings.joined(separator: "\n"))",
            digest: configuration.digests[url.lastPathComponent], engineVersion: engine.version)
        let kept = cache.read { try? engine.importNetwork($0, from: $1, properties: properties) }
        if let kept { return kept }
        let compiled = try compile(inputShapes: inputShapes, properties: properties, configuration)
        let functions = engine.functions
        cache.exportNowAndKeepLater {
            try functions.check(functions.table.compiled_model_export_model(compiled.pointer, $0))
        }
        return compiled
    }

    private func compile(
        inputShapes: [[Int?]]?, properties: [String: String], _ configuration: NetworkConfiguration
    ) throws(EngineError) -> Handle {
        try handle.withLock { (handle) throws(EngineError) in
            let model =
                if let handle { handle } else { try read(expecting: configuration.digests[url.lastPathComponent]) }
            handle = model
            if let inputShapes { try reshape(model, to: inputShapes) }
            return try engine.compile(model, path: path, properties: properties)
        }
    }

    private func read(expecting digest: String?) throws(EngineError) -> Handle {
        if let digest { try url.checkDigest(digest) }
        let model: Handle
        do throws(EngineError) {
            model = try engine.readModel(path: path)
        } catch {
            // A file with the right digest is intact. The engine's readers may have got no memory, in which case the
            // engine reports that there are no readers.
            throw digest != nil && AddressSpace.isLimited ? error.asLackOfMemory : error
        }
        guard case .pixels(let pixels) = input else { return model }
        do {
            return try pixels.applied(to: model, functions: engine.functions)
        } catch {
            throw EngineError.unsupportedNetwork(path: path, reason: error.description).refined
        }
    }

    private func reshape(_ model: Handle, to shapes: [[Int?]]) throws(EngineError) {
        var dimensions = shapes.joined().map { ov_dimension_t(min: Int64($0 ?? 0), max: Int64($0 ?? -1)) }
        let status = dimensions.withUnsafeMutableBufferPointer { dimensions in
            var offset = 0
            let partial = shapes.map { shape in
                defer { offset += shape.count }
                let rank = ov_dimension_t(min: Int64(shape.count), max: Int64(shape.count))
                return ov_partial_shape_t(rank: rank, dims: dimensions.baseAddress?.advanced(by: offset))
            }
            return engine.functions.table.model_reshape_by_port_indexes(
                model.pointer, Array(shapes.indices), partial, shapes.count)
        }
        guard status == 0 else {
            throw EngineError.unsupportedNetwork(path: path, reason: engine.functions.lastError()).refined
        }
    }
}

extension URL {
    /// Checks that the SHA-256 of the file is `digest`.
    ///
    /// - Throws: ``EngineError/changedNetwork(path:digest:)``, ``EngineError/missingNetwork(_:)`` or
    ///   ``EngineError/failed(_:)``.
    func checkDigest(_ digest: String) throws(EngineError) {
        let found: String?
        do {
            found = try DigestedFiles.digest(of: self)
        } catch {
            throw .failed(error.description)
        }
        guard let found else { throw .missingNetwork(path) }
        guard found == digest else { throw .changedNetwork(path: path, digest: found) }
    }
}

extension NetworkConfiguration {
    /// Returns the configuration as OpenVINO's properties.
    func properties(precision: Precision) -> [String: String] {
        [
            "INFERENCE_PRECISION_HINT": precision.floatingPoint.rawValue,
            "NUM_STREAMS": String(streams),
            // Threads pinned to cores obstruct each other as soon as two networks or two processes run.
            "ENABLE_CPU_PINNING": "NO",
            // 0 is the engine's own choice, one per physical core.
            "INFERENCE_NUM_THREADS": String(threads ?? 0),
            // While compiling, OpenVINO 2026.4.1 joins consecutive fully connected layers into one generated kernel
            // (TokenizeMLPSeqSnippets) if a stream has one thread or the batch has several rows per thread. It then
            // reads a null pointer if the joined layers are multiplied by, or added to, the output of another layer, as
            // in a gate. The pass can't be turned off alone; this setting turns off all generated kernels.
            "SNIPPETS_MODE": "DISABLE",
        ]
    }
}
