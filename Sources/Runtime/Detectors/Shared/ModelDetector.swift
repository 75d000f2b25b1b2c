public import Faces
public import Foundation
public import Inference

/// A detector that is described by a model card: the card gives its name and weights, and its `decoder` names this
/// code.
///
/// To add a detector, write a type in this module and add it to ``DetectorRegistry/types``.
public protocol ModelDetector: FaceDetector {
    /// The name of this code in model cards.
    static var decoder: String { get }

    /// Loads the weights that `card` names.
    ///
    /// - Parameters:
    ///   - name: The detector's name in results.
    ///   - card: The model's card; its task is detection.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - network: The settings of the networks in the engine.
    /// - Throws: `EngineError`; ``DetectorError`` if the card does not fit this code.
    init(name: String, card: ModelCard, engine: Engine, directory: URL, network: NetworkConfiguration) throws

    /// Prepares for pictures of a size, if this takes time, so that the first picture need not wait for the networks to
    /// load.
    ///
    /// - Parameters:
    ///   - width: The pictures' width in pixels, at least 1.
    ///   - height: The pictures' height in pixels, at least 1.
    ///   - selection: The faces that will be selected.
    @available(*, noasync, message: "it blocks its thread: call it in EngineExecutor.run")
    func prepare(width: Int, height: Int, for selection: FaceSelection) throws
}

extension ModelDetector {
    /// Does nothing, because no preparation is needed.
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
    /// The detectors, the default first. Add new detectors here.
    public static let types: [any ModelDetector.Type] = [
        YuNetDetector.self, MTCNNDetector.self, RetinaFaceDetector.self,
    ]

    /// Returns the detector that `card` names; `nil` if there is none of this name.
    public static func type(for card: ModelCard) -> (any ModelDetector.Type)? {
        let decoder = decoder(of: card)
        return types.first { $0.decoder == decoder }
    }

    /// Returns the decoder's name in `card`. Cards of earlier versions contain it only as the first word of the
    /// architecture, such as `YuNet, anchor-free`.
    static func decoder(of card: ModelCard) -> String {
        card.decoder ?? card.architecture.prefix { $0.isLetter || $0.isNumber }.lowercased()
    }

    /// Loads the detector that `card` describes.
    ///
    /// - Parameters:
    ///   - name: The detector's name in results.
    ///   - card: The model's card.
    ///   - engine: The inference engine.
    ///   - directory: The folder of the weights.
    ///   - network: The settings of the networks in the engine.
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
