public import Foundation
import LikenessSupport

/// A copy of an ONNX file that gives further tensors of the network as outputs; it is gone when the value is.
///
/// A Protocol Buffers message that comes twice is one message with the fields of both, so what the graph is to have
/// besides is written behind the file (protobuf.dev, *Encoding*: last one wins, embedded messages are merged).
final class ExposedOutputs {
    /// The copy.
    let url: URL

    // Numbers of fields in onnx.proto, and of the type of 32-bit floats.
    private static let graph = 7, output = 12, name = 1, type = 2, tensorType = 1, elementType = 1, float = 1

    /// - Parameters:
    ///   - tensors: Their names in the file; the network then has them as outputs after its own, in this order.
    ///   - file: The ONNX file.
    init(_ tensors: [String], of file: URL) throws(EngineError) {
        url = FileManager.default.temporaryDirectory.appending(path: "likeness-\(UUID().uuidString).onnx")
        var model = ProtobufMessage()
        model.message(Self.graph) { graph in
            for tensor in tensors {
                graph.message(Self.output) { output in
                    output.string(Self.name, tensor)
                    output.message(Self.type) { type in
                        type.message(Self.tensorType) { $0.integer(Self.elementType, Self.float) }
                    }
                }
            }
        }
        guard FileManager.default.fileExists(atPath: file.path) else { throw .missingNetwork(file.path) }
        do {
            var data = try Data(contentsOf: file, options: .mappedIfSafe)
            data.append(model.data)
            try data.write(to: url)
        } catch {
            throw .failed("a copy of \(file.path) can't be made: \(Reason.text(of: error))")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

extension Network {
    /// Loads a network that also gives tensors from its inside.
    ///
    /// It is compiled anew each time: what it gives besides is asked for rarely.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - url: An ONNX file.
    ///   - tensors: The tensors' names in the file; they are outputs after the file's own, in this order.
    ///   - inputShapes: The shapes to compile for, one per input.
    ///   - configuration: How it is to run.
    /// - Throws: ``EngineError``.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public convenience init(
        engine: Engine, contentsOf url: URL, exposing tensors: [String], inputShapes: [[Int?]],
        configuration: NetworkConfiguration = NetworkConfiguration()
    ) throws(EngineError) {
        if let digest = configuration.digests[url.lastPathComponent] { try url.checkDigest(digest) }
        let copy = try ExposedOutputs(tensors, of: url)
        var configuration = configuration
        configuration.cacheDirectory = nil
        try self.init(engine: engine, contentsOf: copy.url, inputShapes: inputShapes, configuration: configuration)
        // The engine may read the file until the network is compiled.
        withExtendedLifetime(copy) {}
    }
}
