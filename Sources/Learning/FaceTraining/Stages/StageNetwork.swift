import FaceNetworks
import Faces
import Foundation
import Inference
import Networks
import Pixels
import Tensors

/// FaceNet's frozen trunk in the inference engine: it maps crops to the four stages and the plain embedding.
///
/// The two fine stages are averaged to 8×8 positions, as the feature fusion uses them.
struct StageNetwork {
    /// The number of values of each stage of one face: stem, fine, middle, coarse.
    static let sizes = [256 * 64, 256 * 64, 896 * 64, 1792 * 9]
    /// The number of values of all stages of one face.
    static let rowSize = sizes.reduce(0, +)
    /// The shapes of the stages for one face.
    static let shapes = [[256, 8, 8], [256, 8, 8], [896, 8, 8], [1792, 3, 3]]
    static let dimension = 128

    private let network: Network
    private let packing: InputPacking
    static let batchSize = 8

    /// Creates the trunk with FaceNet-128's weights.
    ///
    /// - Parameters:
    ///   - weights: FaceNet-128's ONNX file.
    ///   - input: The format of the pixels, from its card.
    ///   - folder: The folder to which the network with the stages as outputs is written.
    ///   - streams: The number of batches that are computed at once.
    init(weights: URL, input: ModelInput, engine: Engine, folder: URL, streams: Int) throws {
        let file = folder.appending(path: "stages.onnx")
        try Self.graph(try InceptionResNetV1.pretrained(ONNXWeights.read(weights)))
            .serialized(name: "stages").write(to: file, options: .atomic)
        network = try Network(
            engine: engine, contentsOf: file, inputShapes: [[Self.batchSize, 3, 160, 160]],
            configuration: NetworkConfiguration(streams: streams))
        packing = InputPacking(input)
    }

    private static func graph(_ pretrained: [String: Tensors.Tensor]) throws -> ONNXGraph {
        let store = ParameterStore(pretrained)
        let network = try FaceNetwork(store.root, FaceNetworkConfiguration())
        return ONNXGraph(
            inputs: [("input", [1, 3, 160, 160])], outputs: ["stem", "fine", "middle", "coarse", "embedding"],
            parameters: store
        ) {
            let stages = network.trunk($0[0], training: false)
            return FeatureFusion.averaged(stages.all, grid: 8) + [network.embedding(of: stages, training: false)]
        }
    }

    /// The precision in use.
    var precision: Precision { network.precision }

    /// Returns the stages (bfloat16, rows of ``rowSize``) and the plain embeddings of up to ``batchSize`` crops.
    func run(_ crops: [Image]) throws -> (stages: [UInt16], embeddings: [Float]) {
        let count = crops.count
        precondition((1...Self.batchSize).contains(count), "a batch has 1 to \(Self.batchSize) crops")
        let size = 3 * 160 * 160
        return try network.run(
            shape: [Self.batchSize, 3, 160, 160],
            fill: { input in
                for index in 0..<Self.batchSize {
                    // An incomplete batch is filled with copies of its last crop.
                    packing.pack(
                        crops[min(index, count - 1)], mirrored: false,
                        into: UnsafeMutableBufferPointer(rebasing: input[index * size..<(index + 1) * size]))
                }
            },
            read: { outputs in
                var rows = [UInt16](repeating: 0, count: count * Self.rowSize)
                var offset = 0
                for (stage, size) in Self.sizes.enumerated() {
                    let values = try outputs[stage].values
                    for face in 0..<count {
                        for index in 0..<size {
                            rows[face * Self.rowSize + offset + index] = Self.bfloat16(values[face * size + index])
                        }
                    }
                    offset += size
                }
                return (rows, Array(try outputs[4].values[..<(count * Self.dimension)]))
            })
    }

    /// Returns a float as bfloat16: the upper half of its bits, rounded to nearest, ties to even.
    static func bfloat16(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }
}
