import Detectors
public import Faces

extension Installation {
    /// An installed model that finds faces.
    public struct Detector: Sendable, Hashable {
        /// The name by which configurations and results call it.
        ///
        /// It is the model's name. The first model of a decoder also goes by the decoder's name, and is listed by it:
        /// `retinaface` means `retinaface-mobilenet025`.
        public let name: String
        /// The model's name: that of its folder.
        public let model: String
        /// The model's card.
        public let card: ModelCard
    }

    /// The installed detectors, those of the usual decoder first. A model whose card is damaged, or names a decoder that
    /// this version does not have, is left out.
    ///
    /// - Throws: ``RecognitionError/unreadableModels(_:reason:)``.
    public func detectors() throws(RecognitionError) -> [Detector] {
        let models = try models().compactMap { model -> (name: String, card: ModelCard, decoder: String)? in
            guard case .success(let card) = model.card, card.task == .detection,
                let type = DetectorRegistry.type(for: card)
            else { return nil }
            return (model.name, card, type.decoder)
        }
        return DetectorRegistry.types.flatMap { type in
            let own = models.filter { $0.decoder == type.decoder }
            // A model that bears a decoder's name is meant by it.
            let meant = models.first { $0.name == type.decoder } ?? own.first
            return own.map { model in
                Detector(
                    name: model.name == meant?.name ? type.decoder : model.name, model: model.name, card: model.card)
            }
        }
    }

    /// The installed detector called `name`.
    ///
    /// - Throws: ``RecognitionError/unknownDetector(_:known:)``; ``RecognitionError/unreadableCard(_:reason:)``.
    func detector(_ name: String) throws(RecognitionError) -> Detector {
        // The other cards need not be read then.
        if !name.contains("/"), hasModel(name) {
            let card = try card(name)
            if card.task == .detection { return Detector(name: name, model: name, card: card) }
        }
        let detectors = try detectors()
        if let detector = detectors.first(where: { $0.name == name }) { return detector }
        // It may be the one that is meant.
        for model in try models() where !name.isEmpty && model.name.hasPrefix(name) { _ = try model.card.get() }
        throw .unknownDetector(name, known: detectors.map(\.name))
    }
}
