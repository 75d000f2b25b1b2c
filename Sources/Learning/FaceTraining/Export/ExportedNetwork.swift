import Faces
public import Foundation
public import Inference
import LikenessSupport
import Networks
import Tensors

/// A network that is exported: a trained one, or an installed one that is quantized.
public struct ExportedNetwork {
    /// The network as it is stored if it is not quantized; `nil` if it can only be quantized.
    let stored: ONNXGraph?
    /// The network in 32 bits.
    let graph: ONNXGraph
    /// The card, except for the name, the weights and the thresholds.
    let card: ModelCard
    /// The inputs for faces.
    let inputs: FaceInputs
    /// Returns the network's embeddings of inputs of one face each, for comparison.
    let embeddings: (_ given: [[Inference.Tensor]], _ engine: Engine) throws -> [[Float]]

    /// Creates the export of a trained network. The training engine computes the embeddings for comparison.
    ///
    /// - Parameters:
    ///   - network: The trained network.
    ///   - trainingData: The training data and its license.
    ///   - models: The folder of installed models. The card is based on that of FaceNet-128.
    /// - Throws: ``FaceTrainingError`` if FaceNet-128 is not installed.
    public init(_ network: TrainedFaceNetwork, trainingData: String, models: URL) throws {
        var card = try StageBuilder.card(models.appending(path: "facenet-128"))
        card.contextVersion = network.configuration.context == nil ? nil : ContextVector.version
        card.describe(network.configuration.summary, trainedOn: trainingData)
        (card.outputs, card.attention) = (network.outputs, network.attention)
        graph = network.graph
        stored = network.stored(graph)
        self.card = card
        inputs = FaceInputs(pixels: card.input, hasContext: card.contextVersion != nil)
        embeddings = { given, _ in
            withoutGradients {
                given.map { inputs in
                    let tensors = inputs.map { Tensors.Tensor($0.values, shape: $0.shape) }
                    return network.network(tensors[0], context: tensors.dropFirst().first, training: false).floats
                }
            }
        }
    }

    /// Creates the export of an installed network that embeds faces. The inference engine computes the embeddings in f32
    /// for comparison.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - models: The folder of installed models.
    ///   - engine: The inference engine, which loads the network once.
    /// - Throws: ``FaceTrainingError`` if the model is not installed, does not embed faces or is already quantized;
    ///   `ONNXWeightsError` if its file can't be read; `EngineError` if it can't run.
    public init(installed model: String, models: URL, engine: Engine) throws {
        let folder = models.appending(path: model)
        let card = try StageBuilder.card(folder)
        guard card.task == .embedding, card.template != nil, card.weights.count == 1, let weights = card.weights.first
        else { throw FaceTrainingError.notQuantizable(model, reason: "it does not embed faces") }
        guard weights.precisions != [Precision.int8.rawValue] else {
            throw FaceTrainingError.notQuantizable(model, reason: "it is quantized already")
        }
        let file = folder.appending(path: weights.file)
        graph = try ONNXGraph(contentsOf: file)
        guard graph.inputs.count == (card.contextVersion == nil ? 1 : 2) else {
            throw FaceTrainingError.notQuantizable(model, reason: "its inputs are not those of its card")
        }
        stored = nil
        self.card = card
        inputs = FaceInputs(pixels: card.input, hasContext: card.contextVersion != nil)
        embeddings = { try ExportAgreement.embeddings(of: file, $0, $1, .f32).values }
        // If the network can't run, the error names its own file, not the one in which its ranges are measured.
        _ = try Network(
            engine: engine, contentsOf: file, inputShapes: inputs.shapes,
            configuration: NetworkConfiguration(precision: .exactly(.f32)))
    }

    /// The products that are quantized. Those that depend on the context and small products of matrices, such as those of
    /// the clusters of embeddings, stay as they are: they take no time.
    var products: [ONNXGraph.Product] {
        graph.products(independentOf: Set(graph.inputs.dropFirst().map(\.name))).filter {
            $0.operation == "Conv" || $0.weightCount >= Self.fewestValues
        }
    }

    private static let fewestValues = 16_384
}

extension ModelCard {
    /// Turns FaceNet-128's card into that of a network that was trained here on its trunk.
    fileprivate mutating func describe(_ architecture: String, trainedOn data: String) {
        version = "1"
        self.architecture = architecture
        license = "non-commercial research"
        licenseNote =
            "The photographs that it was trained on may be used for non-commercial research; the trunk is FaceNet-128's."
        origin = Origin(
            status: .own,
            text: "Trained by this project on the frozen trunk of FaceNet-128, whose own origin is not stated.")
        source = nil
        trainingData = data
    }
}
