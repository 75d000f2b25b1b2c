import Faces
public import Foundation
public import Networks
public import Tensors

/// The network of a finished run: the values that differ from FaceNet-128, and the network's parts.
public struct TrainedFaceNetwork {
    /// The network's parts.
    public let configuration: FaceNetworkConfiguration
    /// The network, with all its values.
    public let network: FaceNetwork
    /// Its values.
    public let parameters: ParameterStore
    /// The values that are unchanged from FaceNet-128: a map from their names here to their names in FaceNet-128's
    /// file.
    public let borrowed: [String: String]

    static let fileName = "network.safetensors"
    private static let key = "likeness.network"

    /// Returns FaceNet-128's values under our names.
    static func pretrained(models: URL) throws -> [String: Tensor] {
        let file = models.appending(path: "facenet-128/model.onnx")
        guard FileManager.default.fileExists(atPath: file.path) else { throw FaceTrainingError.missing(file.path) }
        return try InceptionResNetV1.pretrained(ONNXWeights.read(file))
    }

    /// Writes the trained values. Frozen values are those of FaceNet-128 and are left out.
    static func write(
        _ store: ParameterStore, configuration: FaceNetworkConfiguration, in folder: URL,
        leavingOut isLeftOut: (String) -> Bool
    ) throws {
        var values: [String: Tensor] = [:]
        for entry in store.entries where (entry.isBuffer || entry.tensor.requiresGradient) && !isLeftOut(entry.name) {
            values[entry.name] = entry.tensor
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(configuration), as: UTF8.self)
        try SafeTensors(values, metadata: [key: text]).write(to: folder.appending(path: fileName))
    }

    /// Reads the network's parts and the values that differ from FaceNet-128 from a run's folder.
    private static func read(_ folder: URL) throws -> (FaceNetworkConfiguration, [String: Tensor]) {
        let file = folder.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw FaceTrainingError.noNetwork(folder.path, reason: "there is no \(fileName)")
        }
        let trained = try SafeTensors(contentsOf: file)
        guard let text = trained.metadata[key],
            let configuration = try? JSONDecoder().decode(FaceNetworkConfiguration.self, from: Data(text.utf8))
        else {
            throw FaceTrainingError.noNetwork(folder.path, reason: "\(fileName) does not name the network's parts")
        }
        return (configuration, trained.tensors)
    }

    /// Returns the mean of the values of several runs. If the runs started from the same values, the mean is a network
    /// too, and often a better one than each of them (Wortsman et al., *Model soups*, 2022, arXiv:2203.05482).
    ///
    /// - Parameters:
    ///   - folders: Folders of one seed each.
    ///   - parts: The parts that each network must have.
    /// - Throws: ``FaceTrainingError/noNetwork(_:reason:)`` if a folder has no network or one with other parts;
    ///   `SafeTensorsError`.
    static func mean(of folders: [URL], parts: FaceNetworkConfiguration) throws -> [String: Tensor] {
        var sum: [String: Tensor] = [:]
        for folder in folders {
            let (configuration, values) = try read(folder)
            guard configuration == parts, sum.isEmpty || Set(sum.keys) == Set(values.keys) else {
                throw FaceTrainingError.noNetwork(
                    folder.path, reason: "its network has other parts (\(configuration.summary))")
            }
            sum.merge(values) { $0 + $1 }
        }
        return sum.mapValues { $0 / Double(folders.count) }
    }

    /// Reads the network of a run's folder and adds FaceNet-128's trunk.
    ///
    /// - Parameters:
    ///   - folder: One seed's folder.
    ///   - models: The installation's folder of models.
    /// - Throws: ``FaceTrainingError``, `ParameterError`, `SafeTensorsError`.
    public init(folder: URL, models: URL) throws {
        let (configuration, trained) = try Self.read(folder)
        var values = try Self.pretrained(models: models)
        values.merge(trained) { $1 }
        let store = ParameterStore(values)
        let network = try FaceNetwork(store.root, configuration)
        borrowed = InceptionResNetV1.pretrainedNames.filter { trained[$0.key] == nil }
        if let stranger = store.unused.first { throw ParameterError.unknown(stranger) }
        (self.configuration, self.network, parameters) = (configuration, network, store)
    }

    /// The network for inference engines. The input is `[batch, 3, 160, 160]`, and for a network with context also
    /// `[batch, 12]`; the outputs are ``outputs``.
    public var graph: ONNXGraph {
        var inputs = [(name: "input", shape: [1, 3, 160, 160])]
        if configuration.context != nil { inputs.append((name: "context", shape: [1, 12])) }
        return ONNXGraph(inputs: inputs, outputs: outputs.map(\.name), parameters: parameters) {
            let stages = network.trunk($0[0], training: false)
            let result = network.result(of: stages, context: $0.count > 1 ? $0[1] : nil, training: false)
            let masked = result.mask.map { $0.softmax(1).slice(1, 1..<2) }
            return [result.embedding] + [masked].compactMap(\.self) + result.attention.map(\.map)
        }
    }

    /// Returns the network in the form in which it is stored: a second end of the trunk has 16 bits, which halves its
    /// size.
    ///
    /// FaceNet-128's own values stay unchanged, so that setup can add them again.
    func stored(_ graph: ONNXGraph) -> ONNXGraph {
        configuration.maskedPath == nil ? graph : graph.storingHalves { borrowed[$0] == nil }
    }

    /// The outputs of the exported network: `embedding`, of length 1. Networks with two scales or a masked branch also
    /// have `mask`, the probability that the face is masked, and the attention of each scale that has attention.
    var outputs: [ModelCard.Output] {
        var outputs = [ModelCard.Output(name: "embedding", shape: [nil, configuration.dimension])]
        guard network.dualScale != nil || network.maskedPath != nil else { return outputs }
        outputs.append(ModelCard.Output(name: "mask", shape: [nil, 1]))
        for scale in network.dualScale?.attentiveScales ?? [] {
            outputs.append(ModelCard.Output(name: Self.attentionName(scale), shape: [nil, 1, nil, nil]))
        }
        return outputs
    }

    /// The attention maps among the outputs, for the card; `nil` if there are none.
    var attention: [ModelCard.Attention]? {
        guard let scales = network.dualScale?.attentiveScales, !scales.isEmpty else { return nil }
        return scales.map {
            ModelCard.Attention(name: "\($0) scale", tensor: Self.attentionName($0), kind: .shares)
        }
    }

    private static func attentionName(_ scale: String) -> String { "attention_\(scale)" }
}
