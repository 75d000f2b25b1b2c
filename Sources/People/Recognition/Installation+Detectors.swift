import Detectors
public import Faces

extension Installation {
    /// An installed model that finds faces.
    public struct Detector: Sendable, Hashable {
        /// The name used in configurations and results.
        ///
        /// It is the model's name. The first model of a decoder is listed under the decoder's name instead, and can be
        /// called by either: `retinaface` means `retinaface-mobilenet025`.
        public let name: String
        /// The model's name, which is the name of its folder.
        public let model: String
        /// The model's card.
        public let card: ModelCard
    }

    /// Returns the installed detectors, beginning with those of the default decoder. A model is left out if its card is
    /// damaged or names a decoder that this version doesn't have.
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
            // If a model has the same name as a decoder, the name means that model.
            let meant = models.first { $0.name == type.decoder } ?? own.first
            return own.map { model in
                Detector(
                    name: model.name == meant?.name ? type.decoder : model.name, model: model.name, card: model.card)
            }
        }
    }

    /// Returns the name of the model that `name` means: its own name, or a detector's short name, such as `retinaface`.
    public func modelName(of name: String) -> String {
        if !name.contains("/"), hasModel(name) { return name }
        return (try? detectors())?.first { $0.name == name }?.model ?? name
    }

    /// Returns the installed detector called `name`.
    ///
    /// - Throws: ``RecognitionError/unknownDetector(_:known:)``; ``RecognitionError/unreadableCard(_:reason:)``.
    func detector(_ name: String) throws(RecognitionError) -> Detector {
        // In this case the other cards need not be read.
        if !name.contains("/"), hasModel(name) {
            let card = try card(name)
            if card.task == .detection { return Detector(name: name, model: name, card: card) }
        }
        let detectors = try detectors()
        if let detector = detectors.first(where: { $0.name == name }) { return detector }
        // Its card may be the unreadable one; reading it reports the error.
        for model in try models() where !name.isEmpty && model.name.hasPrefix(name) { _ = try model.card.get() }
        throw .unknownDetector(name, known: detectors.map(\.name))
    }
}

extension ModelCard {
    /// Distinguishes the results of this network on faces from those of others: its weights, its template, and the
    /// conversion of pixels to its input.
    var inputIdentity: String {
        let numbers = ((input.mean ?? []) + (input.scale ?? [])).map(\.description).joined(separator: ",")
        return [
            identity.description, template?.description ?? "-", input.channels.rawValue,
            input.normalization.rawValue, numbers,
        ].joined(separator: "#")
    }

    /// Distinguishes the faces that this detector finds from those of others: its weights, and the confidences that its
    /// card states.
    var detectorIdentity: String {
        let needed = confidences.map {
            [$0.whole, $0.part, $0.upright ?? -1].map(\.description).joined(separator: ",")
        }
        return [identity.description, needed].compactMap(\.self).joined(separator: "#")
    }
}
