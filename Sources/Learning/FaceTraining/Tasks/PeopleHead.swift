public import Tensors
public import Training

/// Which loss tells the people of the training set apart: what paper B compares with.
public enum PeopleHead: String, Codable, Hashable, Sendable, CaseIterable {
    /// A margin in angle, with scale and margin of the settings.
    case arcface
    /// A margin in cosine, with scale and margin of the settings.
    case cosface
    /// No margin; the scale follows the batch.
    case adacos
    /// A linear layer on embeddings of length 1; neither scale nor margin.
    case softmax

    /// The margins that the loss is defined for; the settings' margin where it takes none.
    var margins: ClosedRange<Double> { self == .cosface ? 0...0.99 : 0...1.5 }

    /// The head over `classes` people, with its values under `parameters`.
    ///
    /// - Throws: ``FaceTrainingError/tooFewPeople(_:needed:)``.
    public func make(
        _ parameters: Parameters, dimension: Int, classes: Int, scale: Double, margin: Double
    ) throws -> any ClassificationHead {
        switch self {
        case .arcface:
            return try ArcFaceHead(parameters, dimension: dimension, classes: classes, scale: scale, margin: margin)
        case .cosface:
            return try CosFaceHead(parameters, dimension: dimension, classes: classes, scale: scale, margin: margin)
        case .adacos:
            guard classes > 2 else { throw FaceTrainingError.tooFewPeople(classes, needed: 3) }
            return try AdaCosHead(parameters, dimension: dimension, classes: classes)
        case .softmax: return try SoftmaxHead(parameters, dimension: dimension, classes: classes)
        }
    }
}
