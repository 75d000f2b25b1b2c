import Foundation
import Inference
import TestSupport
import Testing

/// Returns OpenVINO's outputs for an ONNX file, in float32 by default; each input and output is a shape with its
/// values.
func openVINO(_ onnx: Data, _ inputs: [([Int], [Float])], in precision: Precision = .f32) throws -> [([Int], [Float])] {
    let folder = try TemporaryFolder()
    let network = try Network(
        engine: Engine(libraryDirectory: Fixtures.engine), contentsOf: folder.file("model.onnx", onnx),
        configuration: NetworkConfiguration(precision: .exactly(precision), threads: 1))
    switch inputs.count {
    case 1: return try network.run(Tensor(shape: inputs[0].0, values: inputs[0].1)).map { ($0.shape, $0.values) }
    default:
        return try network.run(
            Tensor(shape: inputs[0].0, values: inputs[0].1), Tensor(shape: inputs[1].0, values: inputs[1].1)
        ).map { ($0.shape, $0.values) }
    }
}
