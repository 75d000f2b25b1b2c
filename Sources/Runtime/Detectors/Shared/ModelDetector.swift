public import Faces
public import Foundation
public import Inference

/// A detector whose weights and name come from a model card: the code that a card's `decoder` names.
///
/// A new one is a type in this module and a line in ``DetectorRegistry/types``.
public protocol ModelDetector: FaceDetector {
    /// The name by which cards call for this code.
    static var decoder: String { get }

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - name: What results call the detector.
    ///   - card: The model's card; its task is detection.
    ///   - engine: What runs the networks.
    ///   - directory: Where the weights are.
    ///   - network: How the networks run.
    /// - Throws: `EngineError`; ``DetectorError`` if the card does not fit this code.
    init(name: String, card: ModelCard, engine: Engine, directory: URL, network: NetworkConfiguration) throws

    /// Prepares for pictures of a size, if that takes time, so that the first one need not wait for its networks to load.
    ///
    /// - Parameters:
    ///   - width: The width, at least 1 pixel.
    ///   - height: The height, at least 1 pixel.
    ///   - selection: Which faces are wanted.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    func prepare(width: Int, height: Int, for selection: FaceSelection) throws
}

extension ModelDetector {
    /// Does nothing: no preparation is needed.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public func prepare(width: Int, height: Int, for selection: FaceSelection) throws {}
}

/// All detectors that model cards can name.
///
/// ```swift
/// let card = try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: folder.appending(path: "card.json")))
/// let detector = try await EngineExecutor.run {
///     try DetectorRegistry.detector(
///         name: card.name, card: card, engine: engine, directory: folder, network: NetworkConfiguration())
/// }
/// let faces = try await detector.faces(in: image)
/// ```
public enum DetectorRegistry {
    /// The detectors, the usual one first. A new detector is added here.
    public static let types: [any ModelDetector.Type] = [
        YuNetDetector.self, MTCNNDetector.self, RetinaFaceDetector.self,
    ]

    /// The type whose code `card` names; `nil` if no detector has this name.
    public static func type(for card: ModelCard) -> (any ModelDetector.Type)? {
        let decoder = decoder(of: card)
        return types.first { $0.decoder == decoder }
    }

    /// The name of the code that `card` names. Earlier versions had it only as the first word of the architecture, such as
    /// `YuNet, anchor-free`.
    static func decoder(of card: ModelCard) -> String {
        card.decoder ?? card.architecture.prefix { $0.isLetter || $0.isNumber }.lowercased()
    }

    /// Loads the detector that `card` describes.
    ///
    /// - Parameters:
    ///   - name: What results call the detector.
    ///   - card: The model's card.
    ///   - engine: What runs the networks.
    ///   - directory: Where the weights are.
    ///   - network: How the networks run.
    /// - Throws: ``DetectorError``; `EngineError`.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    public static func detector(
        name: String, card: ModelCard, engine: Engine, directory: URL, network: NetworkConfiguration
    ) throws -> any ModelDetector {
        guard let type = type(for: card) else {
            throw DetectorError.unknownDecoder(card.name, decoder: decoder(of: card), known: types.map { $0.decoder })
        }
        return try type.init(name: name, card: card, engine: engine, directory: directory, network: network)
    }
}
