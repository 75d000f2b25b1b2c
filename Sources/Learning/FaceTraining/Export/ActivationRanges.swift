import Faces
import Foundation
import Inference
import Pixels
import Tensors

/// The range of each activation of a network that is best for a set of faces.
struct ActivationRanges {
    /// The ranges by the activation's name.
    let ranges: [String: QuantizationRange]

    private static let batchSize = 8

    /// Runs the network in f32 with its activations as additional outputs.
    ///
    /// - Parameters:
    ///   - graph: The network.
    ///   - products: The products whose activations are measured.
    ///   - inputs: The form of the network's inputs.
    ///   - faces: Faces aligned to its template; at least one.
    ///   - folder: A folder in which the network is stored during the call.
    ///   - advance: Called after each batch with the number of its faces.
    /// - Throws: `QuantizationError` if an activation is not finite; errors of the engine.
    init(
        _ graph: ONNXGraph, _ products: [ONNXGraph.Product], inputs: FaceInputs, engine: Engine, faces: [AlignedFace],
        in folder: URL, advance: (Int) throws -> Void
    ) throws {
        let file = folder.appending(path: "calibration.onnx")
        defer { try? FileManager.default.removeItem(at: file) }
        let names = Set(products.map(\.activation))
        let results = names.subtracting(graph.inputs.map(\.name)).sorted()
        try graph.exposing(results).serialized(name: "calibration").write(to: file)
        var histograms: [String: ValueHistogram] = [:]
        var current: (size: Int, network: Network)?
        for start in stride(from: 0, to: faces.count, by: Self.batchSize) {
            let batch = inputs.tensors(Array(faces[start..<min(start + Self.batchSize, faces.count)]))
            let size = batch[0].shape[0]
            if current?.size != size {
                let network = try Network(
                    engine: engine, contentsOf: file, inputShapes: batch.map(\.shape),
                    configuration: NetworkConfiguration(precision: .exactly(.f32)))
                current = (size, network)
            }
            try current?.network.run(
                shapes: batch.map(\.shape), fill: { _ = $1.update(from: batch[$0].values) },
                read: { outputs in
                    for name in results { histograms[name, default: ValueHistogram()].take(try outputs[name].values) }
                })
            for (port, tensor) in zip(graph.inputs, batch) where names.contains(port.name) {
                tensor.values.withUnsafeBufferPointer { histograms[port.name, default: ValueHistogram()].take($0) }
            }
            try advance(size)
        }
        var ranges: [String: QuantizationRange] = [:]
        for (name, histogram) in histograms {
            guard histogram.isFinite else { throw QuantizationError.notFinite(name) }
            ranges[name] = histogram.bestRange
        }
        self.ranges = ranges
    }
}
