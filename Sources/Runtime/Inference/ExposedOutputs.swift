public import Foundation
import LikenessSupport

/// A temporary copy of an ONNX file with further tensors of the network as outputs; deleted with the object.
///
/// If a Protocol Buffers message occurs twice, the two are merged into one with the fields of both. The additional
/// outputs are therefore appended to the file as a second graph message (protobuf.dev, *Encoding*: last one wins,
/// embedded messages are merged).
final class ExposedOutputs {
    /// The location of the copy.
    let url: URL

    // Field numbers in onnx.proto, and the number of its type for 32-bit floats.
    private static let graph = 7, output = 12, name = 1, type = 2, tensorType = 1, elementType = 1, float = 1

    /// Creates the copy.
    ///
    /// - Parameters:
    ///   - tensors: The tensors' names in the file. They become outputs after the network's own, in this order.
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
    /// Loads a network that also returns internal tensors.
    ///
    /// It is compiled each time and not cached, because such tensors are rarely needed.
    ///
    /// - Parameters:
    ///   - engine: The engine that runs it.
    ///   - url: An ONNX file.
    ///   - tensors: The tensors' names in the file. They become outputs after the file's own, in this order.
    ///   - inputShapes: The shapes to compile for, one per input.
    ///   - configuration: The settings for compiling and running it.
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
