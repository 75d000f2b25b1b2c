public import Faces
public import LikenessRecords

extension ModelCardRecord {
    /// Creates the record of a card.
    ///
    /// - Parameters:
    ///   - card: The card.
    ///   - marksMeasured: Whether each threshold by condition says if its rate was measured.
    public init(_ card: ModelCard, marksMeasured: Bool = false) {
        self.init(
            name: card.name, version: card.version, task: card.task.rawValue, architecture: card.architecture,
            decoder: card.decoder,
            weights: card.weights.map {
                Weights(file: $0.file, sha256: $0.sha256, bytes: $0.bytes, precisions: $0.precisions)
            },
            input: Input(card.input), outputs: card.outputs.map { Output(name: $0.name, shape: $0.shape) },
            template: card.template?.description, dimension: card.dimension, contextVersion: card.contextVersion,
            attention: card.attention?.map { Attention(name: $0.name, tensor: $0.tensor, kind: $0.kind.rawValue) },
            license: card.license, licenseNote: card.licenseNote,
            origin: Origin(status: card.origin.status.rawValue, text: card.origin.text),
            source: card.source.map {
                Source(
                    registry: $0.registry, package: $0.package, version: $0.version, file: $0.file, sha256: $0.sha256,
                    member: $0.member)
            },
            trainingData: card.trainingData, citation: card.citation,
            calibration: card.calibration.map { MatchCalibrationRecord($0) },
            adaptiveThresholds: card.adaptiveThresholds.map {
                AdaptiveThresholdsRecord($0, marksMeasured: marksMeasured)
            },
            probability: card.probability.map { ProbabilityCalibrationRecord($0) })
    }
}

extension ModelCardRecord.Input {
    /// Creates the record of a network's input.
    public init(_ input: ModelInput) {
        self.init(
            name: input.name, width: input.width, height: input.height, layout: input.layout.rawValue,
            channels: input.channels.rawValue, normalization: input.normalization.rawValue, mean: input.mean,
            scale: input.scale, note: input.note)
    }
}
