import Foundation

@testable import Inference
@testable import Tensors

extension Reader {
    static let networks = [
        Reader("safetensors", expects: { $0 is SafeTensorsError }) { bytes in
            // A slice of data does not start at index 0.
            let data = Data([0, 0, 0] + bytes).dropFirst(3)
            let layout = try SafeTensorsLayout(data, name: "weights")
            for entry in layout.entries {
                precondition(
                    data[entry.range].count == entry.element.bytes(of: entry.shape), "the size must match the shape")
            }
        },
        Reader("onnx-weights", expects: { $0 is ONNXWeightsError }) { bytes in
            let data = Data([0, 0, 0] + bytes).dropFirst(3)
            for constant in try ONNXWeights.constants(in: data, name: "network").values {
                precondition(
                    constant.values.count == Tensor.Element.float32.bytes(of: constant.shape),
                    "the size must match the shape")
            }
        },
        Reader("onnx-graph", expects: { $0 is ONNXWeightsError }) { bytes in
            let data = Data([0, 0, 0] + bytes).dropFirst(3)
            let graph = try ONNXGraph(reading: data, name: "network")
            let known = Set(graph.encoded.keys).union(graph.inputs.map(\.name)).union(graph.nodes.map(\.output))
            precondition(
                graph.nodes.allSatisfy { $0.inputs.allSatisfy { $0.isEmpty || known.contains($0) } },
                "every input of an operation must be known")
            _ = graph.products(independentOf: ["context"])
        },
        Reader("onnx-operations", expects: { $0 is EngineError }) { bytes in
            let file = try Scratch.file("network.onnx", bytes)
            let isQuantized = QuantizedFile(file).isQuantized
            let exposed = try ExposedOutputs(["inner", "outer"], of: file)
            precondition(
                !isQuantized || QuantizedFile(exposed.url).isQuantized, "exposing outputs must keep the quantization")
        },
        // A compiled network in the format of the cache. The checksum at its end is corrected if the last byte is even.
        Reader("compiled-network", expects: { _ in false }) { bytes in
            let network = try Scratch.file("compiled.onnx", [1, 2, 3])
            let cache = CompiledCache(
                directory: Scratch.folder, network: network, description: "shape", engineVersion: "1")
            var contents = bytes
            if let last = bytes.last, last % 2 == 0 {
                let checksum = bytes.withUnsafeBytes { Checksum.of($0, seed: cache.stamp) }
                withUnsafeBytes(of: checksum) { contents += $0 }
            }
            try FileManager.default.createDirectory(at: cache.directory, withIntermediateDirectories: true)
            try Data(contents).write(to: cache.file)
            _ = cache.read { bytes, _ in bytes.count }
        },
    ]
}
