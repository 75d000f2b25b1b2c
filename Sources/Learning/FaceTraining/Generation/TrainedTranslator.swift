public import Foundation
public import Networks
public import Tensors

/// The generator of a finished run, averaged over its last steps.
public struct TrainedTranslator {
    /// The direction of the translation.
    public let direction: FaceTranslationSettings.Direction
    /// The generator.
    public let network: FaceTranslator
    private let parameters: ParameterStore

    static let fileName = "generator.safetensors"
    private static let networkKey = "likeness.generator"
    private static let directionKey = "likeness.direction"

    static func write(
        _ store: ParameterStore, configuration: FaceTranslatorConfiguration,
        _ direction: FaceTranslationSettings.Direction, in folder: URL
    ) throws {
        let prefix = "average."
        var values: [String: Tensor] = [:]
        for entry in store.entries where entry.name.hasPrefix(prefix) {
            values[String(entry.name.dropFirst(prefix.count))] = entry.tensor
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(configuration), as: UTF8.self)
        try SafeTensors(values, metadata: [networkKey: text, directionKey: direction.rawValue])
            .write(to: folder.appending(path: fileName))
    }

    /// Reads the generator of a run's folder.
    ///
    /// - Parameter folder: One seed's folder.
    /// - Throws: ``FaceTrainingError``, `ParameterError`, `SafeTensorsError`.
    public init(folder: URL) throws {
        let file = folder.appending(path: Self.fileName)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw FaceTrainingError.noNetwork(folder.path, reason: "there is no \(Self.fileName)")
        }
        let trained = try SafeTensors(contentsOf: file)
        guard let text = trained.metadata[Self.networkKey],
            let configuration = try? JSONDecoder().decode(FaceTranslatorConfiguration.self, from: Data(text.utf8)),
            let direction = trained.metadata[Self.directionKey].flatMap(FaceTranslationSettings.Direction.init)
        else {
            throw FaceTrainingError.noNetwork(folder.path, reason: "\(Self.fileName) does not say what it generates")
        }
        parameters = ParameterStore(trained.tensors)
        network = try FaceTranslator(parameters.root, configuration)
        if let stranger = parameters.unused.first { throw ParameterError.unknown(stranger) }
        self.direction = direction
    }

    /// The number of learned values.
    var valueCount: Int { parameters.count }

    /// The generator for inference engines. The input is `[batch, 3, 112, 112]`, −1 to 1; a generator that puts masks
    /// on also has `style`, `[batch, 5]`. The outputs are `picture`, in the format of the input, and `share`,
    /// `[batch, 1, 112, 112]`, the share of each pixel that is new.
    public var graph: ONNXGraph {
        let side = FaceTranslator.side
        var inputs = [(name: "input", shape: [1, 3, side, side])]
        if network.configuration.styleSize > 0 {
            inputs.append((name: "style", shape: [1, network.configuration.styleSize]))
        }
        return ONNXGraph(inputs: inputs, outputs: ["picture", "share"], parameters: parameters) {
            let result = network($0[0], style: $0.count > 1 ? $0[1] : nil, training: false)
            return [result.picture, result.share]
        }
    }
}
